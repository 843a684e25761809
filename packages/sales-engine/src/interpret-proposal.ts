import { boundedText, boundedValue } from "./bounded-json.ts";
import { currentLanguage, currentState } from "./current-state.ts";
import { findUnfoundedPrices } from "./find-unfounded-prices.ts";
import { judgeFields } from "./judge-fields.ts";
import { judgeReplies, mostReplies } from "./judge-replies.ts";
import { judgeTransition } from "./judge-transition.ts";
import type { Proposal } from "./proposal.ts";
import { contextOf, type TurnContext } from "./decide/turn-context.ts";
import { findNamedTopic } from "./rules/find-blocked-topic.ts";
import { safeText } from "./safe-texts.ts";
import { settleTurn } from "./turn/settle-turn.ts";
import type { TurnSnapshot } from "./snapshot.ts";
import { StateMachine } from "./state-machine.ts";
import { summarize } from "./summarize.ts";
import { emptyHarvest, type ToolHarvest } from "./tools/tool-scope.ts";
import type { FinishedTool, Refusal, Reply, TurnResult } from "./turn-result.ts";

/** Characters of the summary that a conversation carries along. */
const longestSummary = 1_500;

/** What the tools of a turn came to. */
export interface ToolOutcome {
  harvest: ToolHarvest;
  finished: FinishedTool[];
}

const noTools: ToolOutcome = { harvest: emptyHarvest(), finished: [] };

/**
 * Turns a parsed proposal into a decision: what the machine allows is taken, the rest is refused and
 * recorded. Pure.
 *
 * @param usage What the model calls of this turn came to.
 * @param context What was known before the model was asked.
 * @param tools What its tools have gathered; judged like what it says itself.
 */
export function interpretProposal(
  snapshot: TurnSnapshot,
  proposal: Proposal,
  usage: TurnResult["model"],
  context: TurnContext = contextOf(snapshot),
  tools: ToolOutcome = noTools,
): TurnResult {
  const machine = StateMachine.of(snapshot.machine);
  const from = currentState(snapshot);
  const { harvest, finished } = tools;
  const proposedFields = { ...harvest.fields, ...onlyKnown(proposal.fields) };
  const fields = judgeFields(machine, proposedFields);
  const variables = { ...snapshot.session.variables, ...fields.accepted };
  const move = judgeTransition(machine, from, proposal.transition, variables);
  const language = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(proposal.language)
    ? proposal.language
    : currentLanguage(snapshot);
  const said = [...harvest.replies, ...proposal.replies];
  const prices = findUnfoundedPrices(snapshot, { replies: said, fields: proposedFields }, harvest.evidence);
  const judged = judgeReplies(said, prices);
  const isSilenced = judged.replies.length === 0;
  const replies = isSilenced
    ? [{ text: safeText("priceUnknown", language), buttons: [] }]
    : askForMissing(machine, from, move.missing, judged.replies, language);
  const escalation = escalate(proposal.escalation ?? harvest.escalation) ??
    (isSilenced ? confirmPrice(snapshot, fields.accepted) : null);
  const isNew = Object.entries(fields.accepted).some(([name, value]) =>
    snapshot.session.variables[name] !== value
  );
  const hasProgress = isNew || move.to !== from;
  const isUnderstood = proposal.confidence >= context.settings.thresholds.clarify || hasProgress ||
    escalation !== null;
  const topic = findNamedTopic(proposal.topics, context.settings.blocked_topics);
  return settleTurn(snapshot, {
    confidence: proposal.confidence,
    signals: {
      model_asked: 1,
      confidence: proposal.confidence,
      progress: hasProgress ? 1 : 0,
      ...(topic && { topic_blocked: 1 }),
      retrieval: harvest.retrieval ?? 0,
      nothing_found: harvest.retrieval === 0 ? 1 : 0,
    },
    reason: explain(from, move.to, Object.keys(fields.accepted), proposal),
    toState: move.to,
    replies,
    fields: fields.accepted,
    escalation,
    effects: harvest.effects,
    isFailed: snapshot.cause === "messages" && !isUnderstood,
    intent: boundedText(proposal.intent, 200),
    language,
    sentiment: proposal.sentiment,
    topics: proposal.topics.map((topic) => boundedText(topic, 100)),
    summary: proposal.summary === null ? null : boundedText(proposal.summary, longestSummary),
    model: usage,
    evidence: {
      refusals: [
        ...move.refusals,
        ...fields.refusals,
        ...judged.refusals,
        ...lostState(snapshot),
        ...harvest.refusals,
        ...unfounded(proposal, harvest.passages),
      ],
      citations: proposal.citations.filter((id) => harvest.passages.includes(id)),
      ...(finished.length > 0 && { tools: finished }),
    },
  }, topic ? { ...context, rules: { ...context.rules, topic } } : context);
}

/** `null` in a proposal means "not said" and must not hide what a tool was told. */
function onlyKnown(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== null && value !== undefined),
  );
}

function escalate(escalation: TurnResult["escalation"]): TurnResult["escalation"] {
  return escalation && {
    ...escalation,
    reason: boundedText(escalation.reason, 500),
    summary: boundedText(escalation.summary, 2_000),
  };
}

/** Every reply stated a price that nothing bears out, so a person has to. */
function confirmPrice(snapshot: TurnSnapshot, fields: Record<string, unknown>): TurnResult["escalation"] {
  return {
    reason: "The bot has no evidence for a price that the customer needs",
    category: "rule",
    urgency: "normal",
    summary: summarize(snapshot, fields),
  };
}

/** A reply that ran ahead of a refused move leaves the customer without a question; the field's own is added. */
function askForMissing(
  machine: StateMachine,
  state: string,
  missing: string[],
  replies: Reply[],
  language: string,
): Reply[] {
  const [field] = missing;
  const ask = field === undefined ? undefined : machine.state(state).fields[field]?.ask;
  if (ask === undefined || replies.length >= mostReplies || replies.some(({ text }) => text.includes("?"))) {
    return replies;
  }
  return [...replies, { text: machine.say(ask, language, {}), buttons: [] }].filter(({ text }) =>
    text !== ""
  );
}

function explain(from: string, to: string, fields: string[], proposal: Proposal): string {
  const moved = to === from ? `Stayed in "${from}"` : `Moved from "${from}" to "${to}"`;
  const understood = fields.length > 0 ? `, understood ${fields.join(", ")}` : "";
  const escalated = proposal.escalation ? `, the model called a person: ${proposal.escalation.category}` : "";
  return boundedText(moved + understood + escalated, 500);
}

/** The session names a state that its machine does not have: the turn started over, which must not go unseen. */
function lostState({ session, machine }: TurnSnapshot): Refusal[] {
  if (session.state === null || StateMachine.of(machine).has(session.state)) return [];
  return [{
    what: "answer",
    value: boundedValue(session.state),
    why: "is the session's state and not one of the machine's",
  }];
}

/** A citation of what was not found in this turn is made up. */
function unfounded({ citations }: Proposal, found: string[]): Refusal[] {
  const made = citations.filter((id) => !found.includes(id));
  if (made.length === 0) return [];
  return [{
    what: "answer",
    value: boundedValue(made),
    why: "cites knowledge that was not found in this turn",
  }];
}
