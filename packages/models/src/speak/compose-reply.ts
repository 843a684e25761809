import { mediaReply, type TurnSnapshot } from "@app/sales-engine/mod.ts";
import type { Decision } from "../decide/decide-turn.ts";
import { mainRoute } from "../decide/machine-map.ts";
import type { TurnReading } from "../decide/read-turn.ts";
import type { Phrases } from "../phrases/phrases.ts";
import { fill, phrasesIn, pick } from "../phrases/speak-language.ts";
import { profilesOf } from "../understand/field-profile.ts";
import { fold, sentences } from "../understand/text.ts";
import { acknowledge } from "./acknowledge.ts";
import { askField, type Question } from "./ask-field.ts";
import { factAboutChoice } from "./answer-question.ts";
import { describeValues } from "./describe-values.ts";
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
  const own = stateWords(snapshot, turn, decision, phrases);
  const question = closingQuestion(turn, decision, phrases, own.question);
  const parts = [...opening, ...acknowledge(turn, decision, phrases), ...reaction, ...own.statements];
  const body = unique(parts.filter((part) => part !== "")).join(" ");
  const replies = body === ""
    ? [question]
    : question.text === ""
    ? [{ text: body, buttons: [] }]
    : body.length > longMessage
    ? [{ text: body, buttons: [] }, question]
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
    words.push(turn.messages.length === 0 ? text : splitQuestion(text).statements.join(" ") || text);
  }
  return words;
}

interface OwnWords {
  statements: string[];
  question: string;
}

/** What the state that was come to has to say; said once, when it is entered. */
function stateWords(
  snapshot: TurnSnapshot,
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
  if (/\b(?:price|quote|cost|precio|cotiza\w+|preco|orcamento)\b/.test(fold(definition.objective))) {
    const fact = factAboutChoice(machine, variables, language);
    if (fact) statements.unshift(fact);
  }
  if (said === "" && machine.isFinal(decision.state)) {
    statements.push(pick(phrases.done, snapshot.history.length));
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

function closingQuestion(turn: TurnReading, decision: Decision, phrases: Phrases, own: string): Question {
  const { machine, variables, language } = turn;
  const silent = { text: "", buttons: [] };
  const isPaused = turn.acts.has("wait") || decision.isUnderstood && turn.acts.has("goodbye");
  if (isPaused || saysNo(turn, decision)) return silent;
  switch (decision.question.kind) {
    case "none":
      return silent;
    case "field": {
      const profile = profilesOf(machine).get(decision.question.name);
      // The first words of a state may ask openly, "What do you need?", before anything particular.
      const isOpen = turn.isFirst && own !== "" && decision.transition === null;
      if (isOpen && decision.question.isLater) return { text: own, buttons: [] };
      if (!profile) return silent;
      const attempt = turn.askedBefore.get(profile.name) ?? 0;
      const question = askField(machine, profile, language, variables, attempt);
      const isMachinesOwn = profile.field.ask !== undefined && attempt > 0 && decision.isUnderstood &&
        turn.asked === profile.name;
      return isMachinesOwn
        ? { ...question, text: `${pick(phrases.again, attempt - 1)} ${question.text}` }
        : question;
    }
    case "go_ahead": {
      const buttons = mainRoute(machine, decision.state) === null
        ? []
        : [{ id: "go:yes", title: phrases.yes }, { id: "go:no", title: phrases.no }];
      if (turn.isFirst && own !== "" && decision.transition === null) return { text: own, buttons: [] };
      if (own !== "") return { text: own, buttons };
      const next = mainRoute(machine, decision.state)?.to;
      const isLast = next !== undefined && (machine.isFinal(next) || machine.isHandOver(next));
      const values = describeValues(machine, variables, language);
      const text = isLast && values !== ""
        ? fill(pick(phrases.confirmAll, turn.said.length), { values })
        : pick(phrases.goAhead, turn.said.length);
      return { text, buttons };
    }
  }
}

/** A no to the offer is answered by asking what to change, without asking for the same yes again. */
function saysNo(turn: TurnReading, decision: Decision): boolean {
  const isNo = (turn.acts.has("negate") || turn.acts.has("refusal")) && !turn.acts.has("affirm");
  return isNo && decision.transition === null && decision.question.kind === "go_ahead" &&
    Object.keys(turn.fields.values).length === 0 && turn.questions.length === 0;
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
  const starts = [...phrases.again, ...phrases.fine];
  const start = starts.find((each) => !turn.said.includes(`${each} ${first?.text ?? ""}`)) ??
    phrases.again[0];
  return [{ text: `${start} ${first?.text ?? ""}`, buttons: first?.buttons ?? [] }, ...rest];
}

function unique(parts: string[]): string[] {
  return parts.filter((part, index) => parts.indexOf(part) === index);
}
