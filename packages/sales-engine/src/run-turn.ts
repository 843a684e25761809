import { answerSchema } from "./answer-schema.ts";
import { currentLanguage, currentState } from "./current-state.ts";
import { findPersonRequest, type PersonRequest } from "./find-person-request.ts";
import { interpretProposal } from "./interpret-proposal.ts";
import type { LanguageModel, ModelReply, ModelRequest } from "./language-model.ts";
import { baseLanguage } from "./localized-text.ts";
import { writePrompt } from "./prompt.ts";
import { readAnswer } from "./read-answer.ts";
import type { TurnSnapshot } from "./snapshot.ts";
import { answerPersonRequest, answerSafely, noModel } from "./turn-without-model.ts";
import type { TurnResult } from "./turn-result.ts";

/** Tells how much time has passed. */
export interface Clock {
  /** Milliseconds since any fixed moment. */
  nowMs(): number;
}

/** What a turn needs from outside. */
export interface TurnPorts {
  model: LanguageModel;
  clock: Clock;
  /** Ends the turn: deadline, lost lease, newer message. The turn rejects at once, whatever the model does. */
  signal?: AbortSignal;
  /** Time that the whole turn may take; the model is told what is left of it. Default 90,000. */
  deadlineMs?: number;
}

const defaultDeadlineMs = 90_000;
/** With less time than this left, a second call would only miss the deadline. */
const leastRepairMs = 2_000;

/**
 * Takes one decision. Pure apart from its ports; the snapshot is never mutated. A wish for a person is
 * understood without the model; otherwise the model is asked once, and once more if its answer is
 * nonsense; after that the reply is a safe one and the error is in the evidence.
 *
 * @returns What to commit; plain JSON.
 * @throws What the model throws when its first call fails, so that the turn is tried again later (see
 * `giveUp` for the last attempt), and the signal's reason when it is aborted.
 */
export async function runTurn(snapshot: TurnSnapshot, ports: TurnPorts): Promise<TurnResult> {
  const signal = ports.signal ?? new AbortController().signal;
  signal.throwIfAborted();
  const request = personRequestIn(snapshot);
  if (request) return answerPersonRequest(snapshot, request);

  const startedMs = ports.clock.nowMs();
  const leftMs = () => (ports.deadlineMs ?? defaultDeadlineMs) - (ports.clock.nowMs() - startedMs);
  const question: ModelRequest = {
    blocks: writePrompt(snapshot, currentState(snapshot)),
    schema: answerSchema(snapshot.machine),
    snapshot,
    deadlineMs: leftMs(),
  };
  const first = await ask(ports.model, question, signal);
  const read = readAnswer(first.answer);
  const usage = addUsage(noModel, first);
  if (read.proposal) return interpretProposal(snapshot, read.proposal, usage);
  if (leftMs() < leastRepairMs) return answerSafely(snapshot, `${read.complaint}; no time to repair`, usage);
  return await repair(
    snapshot,
    ports.model,
    { ...question, complaint: read.complaint, deadlineMs: leftMs() },
    usage,
    signal,
  );
}

async function repair(
  snapshot: TurnSnapshot,
  model: LanguageModel,
  question: ModelRequest,
  usage: TurnResult["model"],
  signal: AbortSignal,
): Promise<TurnResult> {
  try {
    const second = await ask(model, question, signal);
    const read = readAnswer(second.answer);
    const both = addUsage(usage, second);
    return read.proposal
      ? interpretProposal(snapshot, read.proposal, both)
      : answerSafely(snapshot, read.complaint, both);
  } catch (error) {
    signal.throwIfAborted();
    const failed = { ...usage, calls: usage.calls + 1 };
    return answerSafely(snapshot, `${question.complaint}; repair failed: ${messageOf(error)}`, failed);
  }
}

/** The first new message that asks for a person. */
function personRequestIn(snapshot: TurnSnapshot): PersonRequest | null {
  const preferred = baseLanguage(currentLanguage(snapshot));
  for (const message of snapshot.pending) {
    if (message.from !== "contact") continue;
    const request = findPersonRequest(message.content, snapshot.machine.escalation.keywords, preferred);
    if (request) return request;
  }
  return null;
}

/** A model may ignore its signal; the turn does not. */
async function ask(model: LanguageModel, request: ModelRequest, signal: AbortSignal): Promise<ModelReply> {
  const aborted = Promise.withResolvers<never>();
  const onAbort = () => aborted.reject(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    return await Promise.race([model.complete(request, signal), aborted.promise]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}

function addUsage(usage: TurnResult["model"], reply: ModelReply): TurnResult["model"] {
  return {
    name: reply.model,
    calls: usage.calls + 1,
    inputTokens: usage.inputTokens + reply.inputTokens,
    cachedTokens: usage.cachedTokens + reply.cachedTokens,
    outputTokens: usage.outputTokens + reply.outputTokens,
    costUsd: usage.costUsd + reply.costUsd,
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
