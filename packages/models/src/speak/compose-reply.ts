import { mediaReply, type TurnSnapshot } from "@app/sales-engine/mod.ts";
import type { Decision } from "../decide/decide-turn.ts";
import type { TurnReading } from "../decide/read-turn.ts";
import type { Phrases } from "../phrases/phrases.ts";
import { fill, phrasesIn, pick } from "../phrases/speak-language.ts";
import { fold, sentences } from "../understand/text.ts";
import { acknowledge } from "./acknowledge.ts";
import type { Question } from "./ask-field.ts";
import { closingQuestion } from "./closing-question.ts";
import { factAboutChoice } from "./answer-question.ts";
import { react } from "./react.ts";

/** A message to send. */
export type ComposedReply = Question;

/** Above this many characters the question becomes a message of its own. */
const longMessage = 260;

/** Puts a decision into words: what was understood, what was asked, what the state has to say, and one question. */
export function composeReply(snapshot: TurnSnapshot, turn: TurnReading, decision: Decision): ComposedReply[] {
  const phrases = phrasesIn(turn.language);
  const step = turn.said.length;
  if (decision.person) {
    const call = decision.person.category === "complaint" ? phrases.complaint : phrases.callingPerson;
    return unlikeBefore([{ text: pick(call, step), buttons: [] }], turn, phrases);
  }
  const opening = openingWords(snapshot, turn, decision, phrases);
  const reaction = react(snapshot, turn, decision);
  const own = stateWords(turn, decision, phrases);
  const question = closingQuestion(turn, decision, phrases, own.question);
  const noted = acknowledge(turn, decision, phrases, question.isRecap);
  // A greeting of the state's own comes before everything else.
  const isGreeting = turn.isFirst && decision.transition === null;
  const parts = isGreeting
    ? [...opening, ...own.statements, ...noted, ...reaction]
    : [...opening, ...noted, ...reaction, ...own.statements];
  const body = unique(parts.filter((part) => part !== "")).join(" ");
  const last = { text: question.text, buttons: question.buttons };
  const replies = body === ""
    ? [last]
    : question.text === ""
    ? [{ text: body, buttons: [] }]
    : body.length > longMessage
    ? [{ text: body, buttons: [] }, last]
    : [{ text: `${body} ${question.text}`, buttons: question.buttons }];
  return unlikeBefore(replies.filter(({ text }) => text.trim() !== ""), turn, phrases);
}

/** The greeting of the first message, and the excuse for what can't be heard or seen. */
function openingWords(
  snapshot: TurnSnapshot,
  turn: TurnReading,
  decision: Decision,
  phrases: Phrases,
): string[] {
  const words: string[] = [];
  const names = { bot: snapshot.machine.persona.name, business: snapshot.tenant.name };
  if (snapshot.cause === "follow_up") words.push(pick(phrases.followUp, turn.said.length));
  else if (snapshot.cause === "hand_back") words.push(pick(phrases.handBack, turn.said.length));
  else if (snapshot.cause === "promise") words.push(...keptPromises(snapshot, phrases));
  else if (turn.isFirst) {
    const { say } = turn.machine.state(turn.machine.initial);
    const said = say === undefined ? "" : turn.machine.say(say, turn.language, turn.variables);
    const own = splitQuestion(said).statements;
    const isOwnTurn = decision.state === turn.machine.initial && said !== "";
    if (!isOwnTurn) {
      words.push(...(own.length > 0 ? own : [fill(pick(phrases.greeting, turn.said.length), names)]));
    }
  }
  const [file] = turn.media;
  if (file) {
    const text = mediaReply(file.type, turn.language);
    words.push(turn.isUnreadable ? text : splitQuestion(text).statements.join(" ") || text);
  }
  return words;
}

/** What is due now and the bot's to say, in the words in which it was promised. */
function keptPromises({ promises, now }: TurnSnapshot, phrases: Phrases): string[] {
  return (promises ?? [])
    .filter(({ dueAt, doer }) => doer === "bot" && Date.parse(dueAt) <= Date.parse(now))
    .map(({ content }) => fill(phrases.promise[0], { promise: content }));
}

interface OwnWords {
  statements: string[];
  question: string;
}

/** What the state that was come to has to say; said once, when it is entered. */
function stateWords(
  turn: TurnReading,
  decision: Decision,
  phrases: Phrases,
): OwnWords {
  const { machine, variables, language } = turn;
  const definition = machine.state(decision.state);
  const said = definition.say === undefined ? "" : machine.say(definition.say, language, variables);
  const own = splitQuestion(said);
  const isEntered = decision.transition !== null || turn.isFirst;
  if (!isEntered) return { statements: [], question: own.question };
  const statements = [...own.statements];
  if (/\b(?:prices?|precios?|precos?)\b/.test(fold(definition.objective))) {
    const fact = factAboutChoice(machine, variables, language);
    if (fact && !turn.said.at(-1)?.includes(fact)) statements.unshift(fact);
  }
  if (said === "" && machine.isFinal(decision.state)) {
    const isNo = turn.acts.has("refusal") || turn.acts.has("negate") && turn.asked === null;
    statements.push(pick(isNo ? phrases.farewellToNo : phrases.done, turn.said.length));
  }
  return { statements, question: own.question };
}

/** Parts what a text asks at its end from what it states. */
function splitQuestion(text: string): OwnWords {
  const parts = sentences(text).map((part) => part.text);
  const last = parts.at(-1) ?? "";
  if (!/\?\s*\P{L}*$/u.test(last)) return { statements: text === "" ? [] : [text], question: "" };
  const statements = parts.slice(0, -1);
  return { statements: statements.length > 0 ? [statements.join(" ")] : [], question: last };
}

/** Never the same words twice in a row. */
function unlikeBefore(replies: ComposedReply[], turn: TurnReading, phrases: Phrases): ComposedReply[] {
  const spoken = replies.length > 0
    ? replies
    : [{ text: pick(phrases.howCanIHelp, turn.said.length), buttons: [] }];
  const last = turn.said.at(-1);
  const isRepeated = spoken.some(({ text }) =>
    text === last || turn.said.slice(-spoken.length).includes(text)
  );
  if (!isRepeated) return spoken;
  const [first, ...rest] = spoken;
  const starts = [...phrases.again, ...phrases.finePlainly];
  const start = starts.find((each) => !turn.said.includes(`${each} ${first?.text ?? ""}`)) ??
    phrases.again[0];
  return [{ text: `${start} ${first?.text ?? ""}`, buttons: first?.buttons ?? [] }, ...rest];
}

function unique(parts: string[]): string[] {
  return parts.filter((part, index) => parts.indexOf(part) === index);
}
