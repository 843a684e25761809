/** A customer as a text file describes them. */
export interface Persona {
  name: string;
  mood: string;
  language: string;
  /** The state in which they are served; `null` if none is expected. */
  goal: string | null;
  /** Fields that must be known then. */
  knowing: string[];
  opening: string;
  /** What they tell about a topic, each time they are asked for it. */
  knows: ReadonlyMap<string, string[]>;
  /** What comes to their mind instead of an answer, by number of their message. */
  interruptions: ReadonlyMap<number, string>;
}

/** Something that no shop should answer, and what an answer to it would hold. */
export interface OffTopicRemark {
  language: string;
  text: string;
  answered: RegExp;
}

/**
 * Reads customers: blocks of `key: value`, parted by blank lines. `|` parts what is said the first, second and
 * third time; `then 3:` is said in place of the third message.
 *
 * @throws {Error} That names the block which is not one.
 */
export function readPersonas(text: string, language: string): Persona[] {
  return text.trim().split(/\n\s*\n/).map((block) => readPersona(block, language));
}

function readPersona(block: string, language: string): Persona {
  const lines = block.split("\n").filter((line) => !line.startsWith("#"));
  const pairs = lines.map((line) => {
    const at = line.indexOf(":");
    return [line.slice(0, at).trim(), line.slice(at + 1).trim()] as const;
  });
  const take = (key: string) => pairs.find(([each]) => each === key)?.[1];
  const [name, mood] = (take("customer") ?? "").split(",").map((part) => part.trim());
  const opening = take("opening");
  const [goal, known] = (take("goal") ?? "").split(" knowing ");
  if (!name || !mood || !opening || !goal) {
    throw new Error(`Cannot read customer: "${block.slice(0, 60)}" lacks customer, goal or opening`);
  }
  const own = pairs.filter(([key]) => !["customer", "goal", "opening"].includes(key));
  return {
    name,
    mood,
    language,
    goal: goal === "none" ? null : goal,
    knowing: known?.split(",").map((field) => field.trim()) ?? [],
    opening,
    knows: new Map(
      own.filter(([key]) => !key.startsWith("then ")).map((
        [key, value],
      ) => [key, value.split("|").map(trim)]),
    ),
    interruptions: new Map(
      own.filter(([key]) => key.startsWith("then ")).map(([key, value]) => [Number(key.slice(5)), value]),
    ),
  };
}

/** Reads remarks: one a line, `text => pattern of an answer`. */
export function readOffTopic(text: string, language: string): OffTopicRemark[] {
  return text.trim().split("\n").filter((line) => line.trim() !== "").map((line) => {
    const [said, answered] = line.split("=>").map(trim);
    if (!said || !answered) throw new Error(`Cannot read remark: "${line}" has no "=>"`);
    return { language, text: said, answered: new RegExp(answered, "i") };
  });
}

function trim(text: string): string {
  return text.trim();
}
