import { plainWords } from "../plain-words.ts";
import type { SnapshotMessage, TurnSnapshot } from "../snapshot.ts";

/** Nobody reads an answer and writes this many characters in this time. */
const quickMs = 1_500;
const quickLength = 40;
/** A repeated "sí" is a customer's; a repeated sentence is not. */
const sentenceLength = 20;
/** Share of words that two texts must have in common to be one text with another name or number in it. */
const alike = 0.8;

/**
 * Counts how many times in a row, up to now, the other side wrote like another bot: the same text again and
 * again, numbers aside, or long texts sooner than a person can write them. Taps are a person's.
 *
 * @returns 0 for anything a person would write.
 */
export function countBotTurns(snapshot: TurnSnapshot): number {
  const bursts = burstsOf(snapshot);
  let turns = 0;
  for (let index = bursts.length - 1; index >= 0; index--) {
    const burst = bursts[index];
    if (!burst || !looksAutomatic(burst, bursts[index - 1])) break;
    turns++;
  }
  // What is repeated was said once before: that was the bot's first turn.
  return turns > 0 ? turns + 1 : 0;
}

interface Burst {
  text: string;
  isTapped: boolean;
  /** Since our last message; infinite if we had not spoken. */
  afterMs: number;
}

function looksAutomatic(burst: Burst, before: Burst | undefined): boolean {
  if (burst.isTapped) return false;
  const isQuick = burst.afterMs > 0 && burst.afterMs <= quickMs;
  if (isQuick && burst.text.length >= quickLength) return true;
  const isSentence = burst.text.length >= sentenceLength || isQuick;
  return isSentence && before !== undefined && isSameText(before.text, burst.text);
}

function isSameText(one: string, other: string): boolean {
  if (one === other) return true;
  const [first, second] = [one, other].map((text) => new Set(plainWords(text.replace(/\d+/g, "0"))));
  if (!first || !second) return false;
  const common = [...first].filter((word) => second.has(word)).length;
  return common / Math.max(first.size, second.size, 1) >= alike;
}

/** The contact's messages between ours, oldest first. */
function burstsOf({ history, pending }: TurnSnapshot): Burst[] {
  const bursts: Burst[] = [];
  let open: Burst | undefined;
  let spokeAt: number | undefined;
  for (const message of [...history, ...pending]) {
    if (message.from !== "contact") {
      if (message.from === "system") continue;
      [open, spokeAt] = [undefined, Date.parse(message.at)];
    } else if (open) {
      add(open, message);
    } else {
      open = { text: "", isTapped: false, afterMs: Date.parse(message.at) - (spokeAt ?? -Infinity) };
      add(open, message);
      bursts.push(open);
    }
  }
  return bursts;
}

function add(burst: Burst, message: SnapshotMessage): void {
  burst.text = `${burst.text} ${message.content}`.trim().slice(0, 4_096);
  burst.isTapped ||= message.tapId !== undefined;
}
