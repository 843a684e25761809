import { answerSchema } from "./answer-schema.ts";
import { addUsage, askModel, withinSignal } from "./ask-model.ts";
import { askWithTools } from "./ask-with-tools.ts";
import type { Clock } from "./clock.ts";
import { currentState } from "./current-state.ts";
import type { BudgetLevel, CanonicalAnswers } from "./decide/approved-answers.ts";
import { decide } from "./decide/decide.ts";
import { canonicalQuestion, contextOf, type TurnContext, withCanonical } from "./decide/turn-context.ts";
import { findUnfoundedPrices } from "./find-unfounded-prices.ts";
import { interpretProposal } from "./interpret-proposal.ts";
import type { LanguageModel, ModelRequest } from "./language-model.ts";
import { writePrompt } from "./prompt.ts";
import type { Proposal } from "./proposal.ts";
import { type ReadAnswer, readAnswer } from "./read-answer.ts";
import type { TurnSnapshot } from "./snapshot.ts";
import { spentOn } from "./spent-on.ts";
import type { ToolPorts } from "./tools/list-tools.ts";
import { ToolBox } from "./tools/tool-box.ts";
import { withinTime } from "./tools/within-time.ts";
import { answerByRule, answerSafely, noModel } from "./turn/turn-without-model.ts";
import type { TurnResult } from "./turn-result.ts";

/** What a turn needs from outside. */
export interface TurnPorts extends ToolPorts {
  model: LanguageModel;
  clock: Clock;
  /** Approved answers; without them every question goes to the model. */
  canonical?: CanonicalAnswers;
  /** How far the money for models goes, reserved before the turn. Default `within`. */
  budget?: BudgetLevel;
  /** Ends the turn: deadline, lost lease, newer message. The turn rejects at once, whatever the model does. */
  signal?: AbortSignal;
  /** Time that the whole turn may take; the model is told what is left of it. Default 90,000. */
  deadlineMs?: number;
}

const defaultDeadlineMs = 90_000;
/** With less time than this left, a second call would only miss the deadline. */
const leastRepairMs = 2_000;

/**
 * Takes one decision. Pure apart from its ports; the snapshot is never mutated. A wish for a person or for
 * silence, a blocked topic and an approved answer need no model; otherwise the model is asked, may call the
 * tools of its state up to five times, and is asked once more if its answer is nonsense or states a price
 * without evidence; after that the reply is a safe one and the error is in the evidence.
 *
 * @returns What to commit; plain JSON.
 * @throws What the model throws when its first call fails, so that the turn is tried again later (see
 * `giveUp` for the last attempt), and the signal's reason when it is aborted.
 */
export async function runTurn(snapshot: TurnSnapshot, ports: TurnPorts): Promise<TurnResult> {
  const signal = ports.signal ?? new AbortController().signal;
  signal.throwIfAborted();
  const known = contextOf(snapshot, ports.budget);
  const context = ports.canonical && snapshot.cause === "messages" && needsModel(known)
    ? await askApproved(snapshot, ports.canonical, known, signal)
    : known;
  const early = decide(context.signals, context.settings);
  if (early.decision !== null) return answerByRule(snapshot, context, early);

  const startedMs = ports.clock.nowMs();
  const leftMs = () => (ports.deadlineMs ?? defaultDeadlineMs) - (ports.clock.nowMs() - startedMs);
  const state = currentState(snapshot);
  const box = new ToolBox(
    snapshot,
    state,
    ports,
    (ms, work) => withinTime(ports.clock, Math.min(ms, leftMs()), work),
  );
  const question: ModelRequest = {
    blocks: writePrompt(snapshot, state),
    schema: answerSchema(snapshot.machine),
    snapshot,
    deadlineMs: leftMs(),
  };
  const talk = await askWithTools(ports.model, question, box, noModel, leftMs, signal);
  const { usage } = talk;
  const first = readAnswer(talk.reply.answer);
  const complaint = first.proposal ? complainAboutPrices(snapshot, first.proposal, box) : first.complaint;
  if (complaint === null || leftMs() < leastRepairMs) return conclude(snapshot, first, usage, context, box);
  const again = { ...talk.question, complaint, deadlineMs: leftMs() };
  const second = await askForRepair(ports.model, again, usage, signal);
  // A repair that came to nothing leaves the first answer, if it was one; its prices are taken out.
  return conclude(
    snapshot,
    second.read.proposal === null && first.proposal ? first : second.read,
    second.usage,
    context,
    box,
  );
}

/** Looks for an approved answer. One that can't be looked up is no answer. */
async function askApproved(
  snapshot: TurnSnapshot,
  canonical: CanonicalAnswers,
  context: TurnContext,
  signal: AbortSignal,
): Promise<TurnContext> {
  try {
    return withCanonical(
      context,
      await withinSignal(() => canonical.find(canonicalQuestion(snapshot), signal), signal),
    );
  } catch {
    signal.throwIfAborted();
    return context;
  }
}

/** Whether a model is wanted as far as rules tell; a spent budget still leaves approved answers. */
function needsModel({ signals, settings }: TurnContext): boolean {
  const { rule } = decide(signals, settings);
  return rule === "needs_model" || rule === "budget_spent";
}

function conclude(
  snapshot: TurnSnapshot,
  read: ReadAnswer,
  usage: TurnResult["model"],
  context: TurnContext,
  box: ToolBox,
): TurnResult {
  return read.proposal
    ? interpretProposal(snapshot, read.proposal, usage, context, box)
    : answerSafely(snapshot, read.complaint, usage, context);
}

function complainAboutPrices(
  snapshot: TurnSnapshot,
  proposal: Proposal,
  { harvest }: ToolBox,
): string | null {
  const prices = findUnfoundedPrices(snapshot, proposal, harvest.evidence).flat();
  if (prices.length === 0) return null;
  return `The replies state ${prices.join(", ")}, which is neither in the facts nor computed from them: ` +
    "state prices from the facts, show the parts of a sum, or say that a colleague will confirm";
}

/** The one repair attempt. Only an aborted turn ends here; a model that fails leaves a complaint. */
async function askForRepair(
  model: LanguageModel,
  question: ModelRequest,
  usage: TurnResult["model"],
  signal: AbortSignal,
): Promise<{ read: ReadAnswer; usage: TurnResult["model"] }> {
  try {
    const reply = await askModel(model, question, signal);
    return { read: readAnswer(reply.answer), usage: addUsage(usage, reply) };
  } catch (error) {
    signal.throwIfAborted();
    const message = error instanceof Error ? error.message : String(error);
    const complaint = `${question.complaint}; the repair failed: ${message}`;
    return { read: { proposal: null, complaint }, usage: addUsage(usage, spentOn(error)) };
  }
}
