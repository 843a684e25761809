import {
  type FieldDefinition,
  type FieldOption,
  optionsOf,
  type StateMachine,
} from "@app/sales-engine/mod.ts";
import { isContentWord } from "./concepts.ts";
import { type FieldTopic, isAboutThePast, topicOf } from "./field-topic.ts";
import { nounIn } from "../phrases/nouns.ts";
import { languages } from "./languages.ts";
import { fold, tokenize } from "./text.ts";

/** A way of saying an option, as folded words. */
export interface OptionName {
  words: string[];
  /** The words that tell it from others; all of them if none is special. */
  content: string[];
}

/** What is worked out once about a field of a machine. */
export interface FieldProfile {
  name: string;
  field: FieldDefinition;
  topic: FieldTopic;
  isPast: boolean;
  /** Content words of the name. */
  nameWords: string[];
  /** Content words of the name, the description and the texts that ask for it. */
  words: string[];
  options: { option: FieldOption; names: OptionName[] }[];
}

const profiles = new WeakMap<StateMachine, ReadonlyMap<string, FieldProfile>>();

/** The profiles of every field of a machine, by name; made once per machine. */
export function profilesOf(machine: StateMachine): ReadonlyMap<string, FieldProfile> {
  const known = profiles.get(machine);
  if (known) return known;
  const made = new Map([...machine.fields].map(([name, field]) => [name, toProfile(name, field)]));
  profiles.set(machine, made);
  return made;
}

function toProfile(name: string, field: FieldDefinition): FieldProfile {
  const asks = typeof field.ask === "string" ? [field.ask] : Object.values(field.ask ?? {});
  return {
    name,
    field,
    topic: topicOf(name, field),
    isPast: isAboutThePast(name, field),
    nameWords: contentWords(name.replace(/_/g, " ")),
    words: contentWords([name.replace(/_/g, " "), field.description, ...asks].join(" ")),
    options: optionsOf(field).map((option) => ({ option, names: namesOf(option) })),
  };
}

/** The folded words of a text that carry meaning, each once. */
export function contentWords(text: string): string[] {
  return [...new Set(tokenize(text).map((token) => token.word).filter(isContentWord))];
}

function namesOf({ value, label, aliases }: FieldOption): OptionName[] {
  const labels = label === undefined ? [] : typeof label === "string" ? [label] : Object.values(label);
  const own = value.replace(/_/g, " ");
  // A machine in one language is played in three: common words are understood in all of them.
  const translated = label === undefined
    ? languages.flatMap((language) => nounIn(own, language)?.bare ?? [])
    : [];
  return [...new Set([own, ...labels, ...aliases, ...translated])].flatMap((text) => {
    const words = tokenize(fold(text)).map((token) => token.word);
    // "10 inch" and "12 inch" differ by their numbers alone.
    const content = words.filter((word) => isContentWord(word) || /\d/.test(word));
    return words.length > 0 ? [{ words, content: content.length > 0 ? content : words }] : [];
  });
}
