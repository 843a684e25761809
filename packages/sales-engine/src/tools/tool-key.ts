import type { TurnSnapshot } from "../snapshot.ts";

/**
 * Names a call by what it is about: the session, the first message that nobody has answered, the tool and its
 * input, in whatever order its keys come. A turn that runs again with newer messages makes the same key.
 */
export function toolKey(
  { session, pending, cause, now }: TurnSnapshot,
  name: string,
  input: unknown,
): string {
  const about = pending[0]?.id ?? `${cause}@${now}`;
  return `${session.id}/${about}/${name}/${hash(canonical(input))}`;
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const entries = Object.entries(value).sort(([one], [other]) => one < other ? -1 : 1);
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`).join(",")}}`;
}

/** FNV-1a, twice with different seeds: 64 bits that tell the calls of one turn apart. */
function hash(text: string): string {
  return [0x811c9dc5, 0x9747b28c].map((seed) => {
    let value = seed;
    for (let index = 0; index < text.length; index++) {
      value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
    }
    return (value >>> 0).toString(16).padStart(8, "0");
  }).join("");
}
