import { EngineError } from "@app/contracts/mod.ts";
import {
  type BudgetLevel,
  type Effect,
  giveUp,
  InvalidMachine,
  type LanguageModel,
  runTurn,
  settingsOf,
  type TurnResult,
  type TurnSnapshot,
} from "@app/sales-engine/mod.ts";
import type { Tenant } from "../ports.ts";
import { approvedAnswersOf, findApprovedAnswer } from "./find-approved-answer.ts";
import type { Machines } from "./machines.ts";
import { type OpenedTurn, type OpenedTurns, toSnapshot } from "./opened-turn.ts";
import { usesOwnTools } from "./own-tools.ts";
import { hasBudget, reserveBudget } from "./reserve-budget.ts";
import { TurnMeter } from "./turn-meter.ts";
import type { WorkPorts } from "./work-ports.ts";

/** What was spent on a turn, whatever became of it. */
export interface TurnSpending {
  model: TurnResult["model"];
  /** Whether a part of a budget was set aside for it. */
  isReserved: boolean;
}

/** What came of a turn before it is committed. */
export type TurnEnd =
  & TurnSpending
  & (
    /** To be committed; `isFailed` when it only says goodbye: a safe reply, and a person. */
    | { kind: "decided"; result: TurnResult; isFailed: boolean; latencyMs: number }
    /** To be tried again later. */
    | { kind: "failed"; error: string; latencyMs: number }
    /** The bot cannot speak at all here; a person is called. */
    | { kind: "unplayable"; error: string; latencyMs: number }
    /** The session is another worker's by now. */
    | { kind: "lost" }
  );

/** How a turn is played. */
export interface PlayOptions {
  tenant: Tenant;
  /** Failed tries before this one. */
  attempts: number;
  /** Fires when the lease is lost. */
  lost: AbortSignal;
}

/** What is done when a turn is committed; tools that would cause anything else are not offered to models. */
const committed: Effect["kind"][] = ["opt_out", "update_contact", "schedule_follow_up", "send_media"];

/** Why the turn was ended from outside. */
class DeadlinePassed extends Error {
  override name = "DeadlinePassed";
}

/** The tenant's choice of a model cannot be used. */
class ModelMissing extends Error {
  override name = "ModelMissing";
}

/** Runs one turn with its deadline. Never throws. */
export async function playTurn(
  ports: WorkPorts,
  machines: Machines,
  turn: OpenedTurn,
  context: Omit<OpenedTurns, "opened" | "skipped">,
  options: PlayOptions,
): Promise<TurnEnd> {
  const { timers, settings } = ports;
  const startedMs = timers.now();
  const latency = () => ({ latencyMs: Math.round(timers.now() - startedMs) });
  const end = new AbortController();
  const deadlineMs = settings.turnDeadlineSeconds * 1000;
  const cancel = timers.after(deadlineMs, () => end.abort(new DeadlinePassed("Cannot end turn in time")));
  const meter = new TurnMeter();
  let snapshot: TurnSnapshot | undefined;
  let budget: BudgetLevel = "within";
  let isReserved = false;
  const spent = () => ({ model: meter.usage, isReserved });
  try {
    const machine = await machines.read(options.tenant, turn.machine_version_id);
    snapshot = toSnapshot(turn, context, machine);
    const stored = context.tenant.settings;
    const { settings: engineSettings } = settingsOf(stored);
    if (hasBudget(engineSettings)) {
      budget = await reserveBudget(ports.database, options.tenant, turn, engineSettings, settings);
      isReserved = budget !== "spent";
    }
    const chosen = await ports.models.modelFor(options.tenant, stored, budget === "save");
    const signal = AbortSignal.any([end.signal, options.lost]);
    const tools = usesOwnTools(machine) ? await ports.tools.toolsFor(options.tenant) : undefined;
    // Where nothing may cost anything, the very same words are still found.
    const approved = context.has_approved_answers
      ? approvedOf(ports, options.tenant, context, budget === "spent" ? null : meter)
      : undefined;
    const result = await runTurn(snapshot, {
      model: chosen ? meter.model(chosen) : missingModel,
      budget,
      ...(tools && { tools }),
      ...(approved && { canonical: approved.port }),
      clock: { nowMs: timers.now, after: timers.after },
      effects: committed,
      signal,
      deadlineMs,
    });
    if (approved && approved.contradictedIds.length > 0) {
      result.evidence.contradictedIds = approved.contradictedIds;
    }
    return { kind: "decided", ...decided(result, meter), isFailed: false, isReserved, ...latency() };
  } catch (error) {
    if (options.lost.aborted) return { kind: "lost", ...spent() };
    const name = nameOf(error);
    ports.report("turn_failed", error, { turn_id: turn.turn_id, attempts: options.attempts + 1 });
    const failed = { error: name, ...spent(), ...latency() };
    if (snapshot === undefined) return { kind: isForGood(error) ? "unplayable" : "failed", ...failed };
    if (isForGood(error) || options.attempts + 1 >= settings.maxAttempts) {
      const goodbye = decided(giveUp(snapshot, name), meter);
      return { kind: "decided", ...goodbye, isFailed: true, isReserved, ...latency() };
    }
    return { kind: "failed", ...failed };
  } finally {
    cancel();
  }
}

/** The result with all that was spent: the engine knows of its own calls alone, not of embeddings or what failed. */
function decided(
  result: TurnResult,
  { usage }: TurnMeter,
): { result: TurnResult; model: TurnResult["model"] } {
  const name = usage.calls === 0 ? result.model.name : usage.name;
  const model = { ...usage, name };
  return { result: { ...result, model }, model };
}

/**
 * Where the engine looks for approved answers of the tenant.
 *
 * @param meter `null`: nothing that costs may be asked.
 */
function approvedOf(
  ports: WorkPorts,
  tenant: Tenant,
  context: Pick<OpenedTurns, "tenant">,
  meter: TurnMeter | null,
) {
  const stored = context.tenant.settings;
  const threshold = settingsOf(stored).settings.thresholds.canonical;
  const embedderOf = async () => {
    const embedder = meter && await ports.embedders.embedderFor(tenant, stored);
    return embedder && meter ? meter.embedder(embedder) : null;
  };
  return approvedAnswersOf(async (question, language, signal) =>
    await findApprovedAnswer(tenant, question, language, threshold, {
      database: ports.database,
      embedder: await embedderOf(),
      report: (error) => ports.report("embedding_failed", error, { tenant_id: tenant.id }),
    }, signal)
  );
}

/** What another try would not change. */
function isForGood(error: unknown): boolean {
  return error instanceof DeadlinePassed || error instanceof ModelMissing ||
    error instanceof InvalidMachine ||
    (error instanceof EngineError && !error.retryable);
}

/** A class or code; messages of foreign errors may quote customers. */
function nameOf(error: unknown): string {
  if (error instanceof EngineError) return error.code;
  return error instanceof Error ? error.name : typeof error;
}

/** Fails only when it is asked: a wish for a person is understood without a model. */
const missingModel: LanguageModel = {
  name: "none",
  complete: () => Promise.reject(new ModelMissing("Cannot ask the tenant's model: it cannot be used")),
};
