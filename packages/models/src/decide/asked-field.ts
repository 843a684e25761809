import { describeMessage, type StateMachine, type TurnSnapshot } from "@app/sales-engine/mod.ts";
import { askedTexts } from "../speak/ask-field.ts";
import { profilesOf } from "../understand/field-profile.ts";
import { fold } from "../understand/text.ts";
import { nextQuestion } from "./next-question.ts";

/** What the bot said after the contact's last answered message. */
export function lastWordsOfBot({ history }: TurnSnapshot): string {
  const words: string[] = [];
  for (const message of [...history].reverse()) {
    if (message.from === "contact") break;
    if (message.from === "bot" || message.from === "agent") words.unshift(describeMessage(message));
  }
  return words.join("\n");
}

/** How often each field was asked for in what the bot said. */
export function countAsked(
  machine: StateMachine,
  variables: Record<string, unknown>,
  said: string[],
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  if (said.length === 0) return counts;
  const folded = said.map(fold);
  for (const profile of profilesOf(machine).values()) {
    const texts = askedTexts(machine, profile, variables);
    const count = folded.filter((each) => texts.some((text) => each.includes(text))).length;
    if (count > 0) counts.set(profile.name, count);
  }
  return counts;
}

/** Topics that an open "what do you need?" may be answered with. */
const openTopics = new Set(["product", "story", "quantity", "people", "date", "other"]);

/** The field whose question ends the bot's last message; else what a question of the machine's own may be about. */
export function askedField(
  machine: StateMachine,
  state: string,
  variables: Record<string, unknown>,
  lastSaid: string,
  askedBefore: ReadonlyMap<string, number>,
): string | null {
  if (lastSaid === "") return null;
  const folded = fold(lastSaid);
  let name: string | null = null;
  let latest = -1;
  for (const profile of profilesOf(machine).values()) {
    if (!askedBefore.has(profile.name)) continue;
    for (const text of askedTexts(machine, profile, variables)) {
      const at = folded.lastIndexOf(text);
      // Two fields may be asked for in the same words: the one that is still open is meant.
      const isOpen = variables[profile.name] === undefined;
      if (at > latest || at >= 0 && at === latest && isOpen) [name, latest] = [profile.name, at];
    }
  }
  if (name !== null) return name;
  if (!folded.includes("?")) return null;
  const next = nextQuestion(machine, state, variables, new Set(askedBefore.keys()));
  if (next.kind !== "field") return null;
  const profile = profilesOf(machine).get(next.name);
  return profile && openTopics.has(profile.topic) ? next.name : null;
}
