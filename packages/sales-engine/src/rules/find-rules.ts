import { currentLanguage, currentState } from "../current-state.ts";
import { findKeyword, findPersonRequest, type PersonRequest } from "../find-person-request.ts";
import { baseLanguage } from "../localized-text.ts";
import { plainWords } from "../plain-words.ts";
import type { EngineSettings } from "../settings/engine-settings.ts";
import type { TurnSnapshot } from "../snapshot.ts";
import { hasValue, StateMachine } from "../state-machine.ts";
import { validateField } from "../validate-field.ts";
import { countBotTurns } from "./count-bot-turns.ts";
import { type BlockedTopic, findBlockedTopic } from "./find-blocked-topic.ts";
import { findOptOut } from "./find-opt-out.ts";

/** What rules alone found in the new messages. */
export interface RulesHit {
  person: PersonRequest | null;
  /** The words that want no more messages. */
  optOut: string | null;
  topic: BlockedTopic | null;
  /** See `countBotTurns`. */
  botTurns: number;
}

/** Looks at what the customer wrote with rules alone, so it works when every model is down. */
export function findRules(snapshot: TurnSnapshot, settings: EngineSettings): RulesHit {
  const hit: RulesHit = { person: null, optOut: null, topic: null, botTurns: 0 };
  const preferred = baseLanguage(currentLanguage(snapshot));
  const { keywords } = snapshot.machine.escalation;
  for (const { from, content } of snapshot.pending) {
    if (from !== "contact") continue;
    const words = plainWords(content);
    if (words.length === 0) continue;
    hit.person ??= findPersonRequest(words, keywords, preferred) ?? ownKeyword(words, settings);
    hit.optOut ??= optOutIn(words, content, snapshot, settings);
    hit.topic ??= findBlockedTopic(words, settings.blocked_topics);
  }
  if (snapshot.history.length > 0 && snapshot.pending.length > 0) hit.botTurns = countBotTurns(snapshot);
  return hit;
}

function ownKeyword(words: string[], { hand_off_words }: EngineSettings): PersonRequest | null {
  const keyword = hand_off_words.length === 0 ? undefined : findKeyword(words, hand_off_words);
  return keyword === undefined ? null : { keyword, language: null };
}

/** "Baja" may also be the answer to "¿prioridad alta o baja?". */
function optOutIn(
  words: string[],
  content: string,
  snapshot: TurnSnapshot,
  { opt_out_words }: EngineSettings,
): string | null {
  const found = findOptOut(words, opt_out_words);
  if (found === null) return null;
  const isAnswer = StateMachine.of(snapshot.machine).fieldsOf(currentState(snapshot)).some(([name, field]) =>
    field.type === "enum" && !hasValue(snapshot.session.variables, name) &&
    validateField(field, content).isValid
  );
  return isAnswer ? null : found;
}
