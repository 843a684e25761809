import { findPhrase, plainText, plainWords } from "../plain-words.ts";
import type { EngineSettings } from "../settings/engine-settings.ts";

/** Something that the tenant does not want to be talked about. */
export type BlockedTopic = EngineSettings["blocked_topics"][number];

const phrasesOf = new WeakMap<BlockedTopic, string[][]>();

/** The first blocked topic whose words a message holds; slips and accents are forgiven. */
export function findBlockedTopic(words: string[], topics: BlockedTopic[]): BlockedTopic | null {
  return topics.find((topic) => plainPhrases(topic).some((phrase) => findPhrase(words, phrase) >= 0)) ?? null;
}

/** The first blocked topic that a model found in the messages, by its name. */
export function findNamedTopic(named: string[], topics: BlockedTopic[]): BlockedTopic | null {
  if (topics.length === 0) return null;
  const plain = new Set(named.map(plainText));
  return topics.find(({ topic }) => plain.has(plainText(topic))) ?? null;
}

/** Settings are the same object turn after turn. */
function plainPhrases(topic: BlockedTopic): string[][] {
  const known = phrasesOf.get(topic);
  if (known) return known;
  const made = topic.words.map(plainWords);
  phrasesOf.set(topic, made);
  return made;
}
