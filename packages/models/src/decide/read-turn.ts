import { isBareMedia, type SnapshotMessage, StateMachine, type TurnSnapshot } from "@app/sales-engine/mod.ts";
import { askedField, countAsked, lastWordsOfBot } from "./asked-field.ts";
import type { Act } from "../understand/acts.ts";
import { isContentWord } from "../understand/concepts.ts";
import { detectLanguage } from "../understand/detect-language.ts";
import type { Clause } from "../understand/read-clauses.ts";
import { type Language, languages, toLanguage } from "../understand/languages.ts";
import { type MessageReading, readMessage } from "../understand/message-reading.ts";
import { type FieldsReading, readFields } from "../understand/read-fields.ts";
import type { FoundPassage } from "../search/found-passage.ts";
import { tokenize } from "../understand/text.ts";

/** A turn as this model understands it. */
export interface TurnReading {
  machine: StateMachine;
  state: string;
  language: Language;
  /** Nothing was said in this conversation before. */
  isFirst: boolean;
  messages: MessageReading[];
  /** Files without words, which can't be understood. */
  media: SnapshotMessage[];
  /** There are only files, and at least one whose content was meant to be understood. */
  isUnreadable: boolean;
  acts: ReadonlySet<Act>;
  /** What the bot's last message asked for. */
  asked: string | null;
  /** Fields that the bot asked for before, in this conversation. */
  askedBefore: ReadonlyMap<string, number>;
  fields: FieldsReading;
  /** Everything known after this turn. */
  variables: Record<string, unknown>;
  /** Folded words of the questions. */
  questions: string[][];
  /** Folded content words of what was stated. */
  stated: string[];
  written: string[];
  /** The bot's messages before this turn, oldest first. */
  said: string[];
  /** What a search of the business's documents found. */
  passages: FoundPassage[];
}

/** Reads everything that a decision needs from a snapshot. Pure. */
export function readTurn(snapshot: TurnSnapshot): TurnReading {
  const machine = StateMachine.of(snapshot.machine);
  const { session } = snapshot;
  const state = session.state !== null && machine.has(session.state) ? session.state : machine.initial;
  const pending = snapshot.pending.filter((message) => message.from === "contact");
  const language = languageOf(snapshot, pending);
  const media = pending.filter(isBareMedia);
  const moment = { now: snapshot.now, timeZone: snapshot.tenant.timeZone };
  const messages = pending.filter((message) => !isBareMedia(message) && isWords(message)).map((message) =>
    readMessage(message.content, message.tapId, language, moment)
  );
  const said = snapshot.history.filter((message) => message.from === "bot").map((message) => message.content);
  const lastSaid = lastWordsOfBot(snapshot);
  const askedBefore = countAsked(machine, session.variables, said);
  const asked = askedField(machine, state, session.variables, lastSaid, askedBefore);
  const fields = readFields(messages, { machine, state, variables: session.variables, asked, language });
  const clauses = messages.flatMap((message) => message.clauses);
  const acts = new Set(clauses.flatMap((clause) => [...clause.acts]));
  for (const { tapId } of messages) {
    if (tapId === "go:yes") acts.add("affirm");
    if (tapId === "go:no") acts.add("negate");
  }
  const wordsOf = (text: string) => tokenize(text).map((token) => token.word);
  return {
    machine,
    state,
    language,
    isFirst: !snapshot.history.some((message) => message.from !== "contact" && message.from !== "system"),
    messages,
    media,
    isUnreadable: messages.length === 0 && media.some(({ type }) => !understood.has(type)),
    acts,
    asked,
    askedBefore,
    fields,
    variables: { ...session.variables, ...fields.values },
    questions: clauses.filter((clause) => clause.isQuestion && !isAboutTheTalk(clause)).map((clause) =>
      wordsOf(clause.text)
    ),
    stated: clauses.filter((clause) => !clause.isQuestion && !clause.isCourtesy && !isAboutTheTalk(clause))
      .flatMap((clause) => wordsOf(clause.text).filter(isContentWord)),
    written: clauses.filter((clause) => !isAboutTheTalk(clause)).flatMap((clause) =>
      wordsOf(clause.text).filter(isContentWord)
    ),
    said,
    passages: [],
  };
}

/** "Can I ask something?" and "are you a bot?" are not about the business. */
function isAboutTheTalk({ acts, text }: Clause): boolean {
  if (acts.has("chitchat") && !text.includes("?")) return true;
  return acts.has("may_i_ask") || acts.has("how_are_you") || acts.has("are_you_a_bot") ||
    acts.has("language_wish");
}

/** Kinds that say what they say without words. */
const understood = new Set(["location", "contact", "sticker", "reaction"]);

/** Places, contacts and reactions come with a text of their own making, not of the customer's. */
function isWords({ type, content }: SnapshotMessage): boolean {
  return type !== "reaction" && type !== "sticker" && content.trim() !== "";
}

function languageOf(
  { session, contact, tenant, machine }: TurnSnapshot,
  pending: SnapshotMessage[],
): Language {
  const spoken = machine.persona.languages.flatMap((tag) => toLanguage(tag) ?? []);
  const usable = spoken.length > 0 ? spoken : [...languages];
  const known =
    [toLanguage(session.language), toLanguage(contact.language)].find((language) =>
      language !== null && usable.includes(language)
    ) ?? null;
  const ofTenant = toLanguage(tenant.locale);
  const fallback = ofTenant !== null && usable.includes(ofTenant) ? ofTenant : usable[0] ?? "en";
  const texts = pending.filter((message) => message.tapId === undefined && isWords(message)).map((message) =>
    message.content.slice(0, 2000)
  );
  if (texts.length === 0) return known ?? fallback;
  const detected = detectLanguage({ texts, current: known, fallback });
  return usable.includes(detected) ? detected : known ?? fallback;
}
