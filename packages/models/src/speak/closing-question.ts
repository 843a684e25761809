import type { Decision } from "../decide/decide-turn.ts";
import { mainRoute } from "../decide/machine-map.ts";
import type { TurnReading } from "../decide/read-turn.ts";
import type { Phrases } from "../phrases/phrases.ts";
import { fill, pick } from "../phrases/speak-language.ts";
import { profilesOf } from "../understand/field-profile.ts";
import { askField, askWhich, type Question } from "./ask-field.ts";
import { describeValues } from "./describe-values.ts";

/** The question that ends a reply; its text is empty where nothing is asked. */
export interface ClosingQuestion extends Question {
  /** It repeats everything that is known. */
  isRecap: boolean;
}

/**
 * The one question of a reply: the next field, which of several options is meant, or a yes to go on.
 *
 * @param own The question of the state's own text; empty if it has none.
 */
export function closingQuestion(
  turn: TurnReading,
  decision: Decision,
  phrases: Phrases,
  own: string,
): ClosingQuestion {
  const { machine, variables, language } = turn;
  const plain = (question: Question): ClosingQuestion => ({ ...question, isRecap: false });
  const silent = plain({ text: "", buttons: [] });
  const isPaused = turn.isUnreadable || turn.acts.has("wait") ||
    turn.acts.has("may_i_ask") && turn.questions.length === 0 ||
    decision.isUnderstood && turn.acts.has("goodbye");
  if (isPaused || saysNo(turn, decision)) return silent;
  const [unclear] = Object.entries(turn.fields.ambiguous);
  const unclearField = unclear && profilesOf(machine).get(unclear[0]);
  if (unclear && unclearField) return plain(askWhich(unclearField, unclear[1], language, turn.said.length));
  // The first words of a state may ask openly, "What do you need?", before anything particular.
  const isOpening = turn.isFirst && own !== "" && decision.transition === null;
  switch (decision.question.kind) {
    case "none":
      return silent;
    case "field": {
      const profile = profilesOf(machine).get(decision.question.name);
      if (!profile) return silent;
      if (isOpening && decision.question.isLater) return plain({ text: own, buttons: [] });
      const attempt = turn.askedBefore.get(profile.name) ?? 0;
      const question = askField(machine, profile, language, variables, attempt);
      const isSaidAgain = profile.field.ask !== undefined && attempt > 0 && decision.isUnderstood &&
        turn.asked === profile.name;
      const text = isSaidAgain
        ? `${pick(phrases.again, attempt - 1)} ${uncapitalize(question.text)}`
        : question.text;
      return plain({ ...question, text });
    }
    case "go_ahead":
      return isOpening ? plain({ text: own, buttons: [] }) : goAhead(turn, decision, phrases, own);
  }
}

/** Asks for a yes: in the state's words, or by repeating what is known. */
function goAhead(turn: TurnReading, decision: Decision, phrases: Phrases, own: string): ClosingQuestion {
  const { machine, variables, language } = turn;
  const route = mainRoute(machine, decision.state);
  const yesNo = [{ id: "go:yes", title: phrases.yes }, { id: "go:no", title: phrases.no }];
  if (own !== "") return { text: own, buttons: route?.kind === "accept" ? yesNo : [], isRecap: false };
  if (!route) return { text: pick(phrases.howCanIHelp, turn.said.length), buttons: [], isRecap: false };
  const values = describeValues(machine, variables, language);
  const isLast = machine.isFinal(route.to) || machine.isHandOver(route.to);
  const isFresh = Object.keys(turn.fields.values).length > 0;
  if (values === "" || !isFresh) {
    return { text: pick(phrases.goAhead, turn.said.length), buttons: yesNo, isRecap: false };
  }
  const text = fill(pick(isLast ? phrases.confirmAll : phrases.recap, turn.said.length), { values });
  return { text, buttons: yesNo, isRecap: true };
}

/** A no to the offer is answered by asking what to change, without asking for the same yes again. */
function saysNo(turn: TurnReading, decision: Decision): boolean {
  const isNo = (turn.acts.has("negate") || turn.acts.has("refusal")) && !turn.acts.has("affirm");
  return isNo && decision.transition === null && decision.question.kind === "go_ahead" &&
    Object.keys(turn.fields.values).length === 0 && turn.questions.length === 0;
}

/** As the words go on after a colon. */
function uncapitalize(text: string): string {
  return text.replace(/^[¿¡]?\p{Lu}(?=\p{Ll}| )/u, (start) => start.toLowerCase()).replace(/^i(?=[ '])/, "I");
}
