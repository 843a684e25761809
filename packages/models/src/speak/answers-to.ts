import type { TurnReading } from "../decide/read-turn.ts";
import { extractAnswer } from "../search/extract-answer.ts";
import { type Answer, answerQuestion } from "./answer-question.ts";

/** A question of the customer and what the machine knows about it. */
export interface AnsweredQuestion {
  /** Folded words of the question. */
  words: string[];
  answer: Answer | null;
}

/** More questions than this in one burst are not answered one by one. */
const mostAnswers = 2;

const answered = new WeakMap<TurnReading, AnsweredQuestion[]>();

/** The questions of a turn that want an answer, with what the machine knows; looked up once a turn. */
export function answersTo(turn: TurnReading): AnsweredQuestion[] {
  const known = answered.get(turn);
  if (known) return known;
  const { machine, variables, language } = turn;
  const state = machine.state(turn.state);
  const made = turn.questions.slice(0, mostAnswers).filter((words) => !isRhetorical(words, turn)).map((
    words,
  ) => ({
    words,
    answer: answerQuestion(machine, { words, state, variables, language }) ??
      extractAnswer(turn.passages, words),
  }));
  answered.set(turn, made);
  return made;
}

/** "Can you do Tuesday?" was taken as an answer: repeating the day answers it. */
function isRhetorical(words: string[], { fields, asked, messages, machine }: TurnReading): boolean {
  const isDay = Object.keys(fields.values).some((name) => machine.fields.get(name)?.type === "date");
  const isTaken = isDay || asked !== null && Object.hasOwn(fields.values, asked);
  return isTaken && messages.length === 1 && messages[0] !== undefined && messages[0].clauses.length <= 2 &&
    words.length <= 8;
}
