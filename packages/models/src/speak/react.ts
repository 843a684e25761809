import type { TurnSnapshot } from "@app/sales-engine/mod.ts";
import type { Decision } from "../decide/decide-turn.ts";
import type { TurnReading } from "../decide/read-turn.ts";
import { fill, phrasesIn, pick } from "../phrases/speak-language.ts";
import { meaningsOf } from "../understand/concepts.ts";
import { sentences } from "../understand/text.ts";
import type { Phrases, Variants } from "../phrases/phrases.ts";
import { toneOf } from "./tone.ts";
import { answerQuestion } from "./answer-question.ts";
import { answersTo } from "./answers-to.ts";

/** Answers what the customer asked and reacts to what is neither fact nor question, in at most two sentences. */
export function react(snapshot: TurnSnapshot, turn: TurnReading, decision: Decision): string[] {
  const answered = answers(turn);
  const words = [...talk(snapshot, turn), ...answered, ...courtesies(turn, decision, answered.length > 0)];
  const isSilent = words.length === 0 && !decision.isUnderstood && snapshot.cause === "messages" &&
    turn.media.length === 0 && turn.messages.length > 0;
  if (!isSilent) return words;
  const phrases = phrasesIn(turn.language);
  const isLong = turn.written.length >= 3 && turn.asked === null;
  return [pick(isLong ? phrases.offTopic : phrases.notUnderstood, turn.said.length)];
}

/** Answers what is said about the talk itself. */
function talk(snapshot: TurnSnapshot, { acts, language, said }: TurnReading): string[] {
  const phrases = phrasesIn(language);
  const names = { bot: snapshot.machine.persona.name, business: snapshot.tenant.name };
  const words: string[] = [];
  if (acts.has("how_are_you")) words.push(pick(phrases.smallTalk, said.length));
  if (acts.has("are_you_a_bot")) words.push(fill(pick(phrases.iAmABot, said.length), names));
  if (acts.has("language_wish")) words.push(pick(phrases.inThisLanguage, said.length));
  if (acts.has("may_i_ask")) words.push(pick(phrases.ofCourse, said.length));
  return words;
}

function answers(turn: TurnReading): string[] {
  const phrases = phrasesIn(turn.language);
  const found: string[] = [];
  for (const { words, answer } of answersTo(turn)) {
    if (answer?.kind === "passage") found.push(`${pick(phrases.whatIKnow, turn.said.length)} ${answer.text}`);
    else if (answer) found.push(answer.text);
    else {
      if (turn.acts.has("chitchat")) return [pick(phrases.offTopic, turn.said.length)];
      const isPrice = words.some((word) => meaningsOf(word).includes("price"));
      found.push(pick(isPrice ? phrases.noPrice : phrases.noAnswer, turn.said.length));
    }
  }
  if (found.length > 0 || turn.questions.length > 0) return [...new Set(found)];
  return bareTopic(turn);
}

/** "Precios" and "price list" are questions without a question mark. */
function bareTopic(turn: TurnReading): string[] {
  const { machine, variables, language, stated } = turn;
  const isBare = !turn.acts.has("affirm") && stated.length > 0 && stated.length <= 3 &&
    Object.keys(turn.fields.values).length === 0;
  if (!isBare) return [];
  const answer = answerQuestion(machine, {
    words: stated,
    state: machine.state(turn.state),
    variables,
    language,
  });
  return answer?.kind === "fact" ? [answer.text] : [];
}

function courtesies(turn: TurnReading, decision: Decision, isAnswered: boolean): string[] {
  const phrases = phrasesIn(turn.language);
  const { acts } = turn;
  const step = turn.said.length;
  const gained = Object.keys(turn.fields.values).length > 0;
  if (gained) return [];
  if (acts.has("wait")) return [pick(phrases.takeYourTime, step)];
  if (acts.has("objection") && decision.transition === null) return objection(turn, phrases.objection[0]);
  if (acts.has("refusal")) return decision.transition === null ? [pick(phrases.declinedOffer, step)] : [];
  if (acts.has("goodbye")) return decision.transition === null ? [pick(phrases.goodbye, step)] : [];
  if (turn.fields.isDeclined && decision.transition === null) {
    return [pick(declinedWords(turn, phrases), step)];
  }
  if (
    acts.has("negate") && decision.question.kind === "go_ahead" && decision.transition === null && !isAnswered
  ) {
    return [pick(phrases.declinedOffer, step)];
  }
  if (acts.has("thanks") && decision.transition === null) return [pick(phrases.youAreWelcome, step)];
  if (acts.has("chitchat") && turn.questions.length === 0) return [pick(phrases.banter, step)];
  if (acts.has("affirm") && decision.transition !== null && !isAnswered) {
    return [pick(toneOf(turn.machine, phrases).fine, step)];
  }
  return [];
}

/** Half an answer helps with a number or a day, and not with a name or a tax id. */
function declinedWords({ asked, machine }: TurnReading, phrases: Phrases): Variants {
  const type = asked === null ? undefined : machine.fields.get(asked)?.type;
  return type === "integer" || type === "number" || type === "date"
    ? phrases.declinedField
    : phrases.declinedFact;
}

/** An objection is met with what the examples of the state say to it, if they are founded. */
function objection(turn: TurnReading, fallback: string): string[] {
  const { machine, variables, language, written } = turn;
  const answer = answerQuestion(machine, {
    words: written,
    state: machine.state(turn.state),
    variables,
    language,
  });
  if (answer?.kind !== "example") return [fallback];
  // The question of the state follows, and two questions at once are one too many.
  const statements = sentences(answer.text).map((part) => part.text).filter((text) => !text.includes("?"));
  return [statements.join(" ") || fallback];
}
