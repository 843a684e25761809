import type { TurnResult } from "@app/sales-engine/mod.ts";
import { z } from "zod";
import { claimedDeliveries, type ClaimedDelivery } from "../delivery/claimed-delivery.ts";
import type { QueuedMessage } from "../delivery/queued-message.ts";
import type { Database, Tenant } from "../ports.ts";
import type { OpenedTurn } from "./opened-turn.ts";
import type { TurnSpending } from "./play-turn.ts";
import type { DatabaseSettings } from "./work-settings.ts";

/** A decided turn on its way to the database. */
export interface Decision {
  turn: OpenedTurn;
  leaseToken: string;
  result: TurnResult;
  /** The replies, as the channel writes them. */
  messages: QueuedMessage[];
  isFailed: boolean;
  /** Whether a part of a budget was set aside for it. */
  isReserved: boolean;
  latencyMs: number;
}

/** What became of a decided turn. */
export interface Ending {
  /** `superseded`: newer messages came, it runs again. `overtaken`: people speak now. */
  verdict: "committed" | "superseded" | "overtaken";
  /** The first reply, claimed for sending. */
  delivery?: ClaimedDelivery;
}

const committed = z.object({
  turns: z.array(z.object({ turn_id: z.uuid(), verdict: z.enum(["committed", "superseded", "overtaken"]) })),
  deliveries: claimedDeliveries,
});

/** Commits decisions of one tenant in one transaction, each by its own fence. */
export async function commitTurns(
  database: Database,
  tenant: Tenant,
  decisions: Decision[],
  settings: DatabaseSettings,
): Promise<Ending[]> {
  const rows = decisions.map(toRow);
  const { turns, deliveries } = committed.parse(
    await database.callAsTenant(
      tenant,
      (call) => call`engine.commit_turns(${call.json(rows)}, ${call.json(settings)})`,
    ),
  );
  const verdicts = new Map(turns.map(({ turn_id, verdict }) => [turn_id, verdict]));
  const bySession = new Map(deliveries.map((delivery) => [delivery.session_id, delivery]));
  return decisions.map(({ turn }) => {
    const verdict = verdicts.get(turn.turn_id) ?? "superseded";
    return { verdict, delivery: verdict === "committed" ? bySession.get(turn.session.id) : undefined };
  });
}

function toRow({ turn, leaseToken, result, messages, isFailed, isReserved, latencyMs }: Decision) {
  return {
    turn_id: turn.turn_id,
    session_id: turn.session.id,
    fence: turn.fence,
    cause: turn.cause,
    lease_token: leaseToken,
    status: isFailed ? "failed" : "committed",
    decision: result.decision,
    confidence: result.confidence,
    scores: result.scores,
    reason: result.reason,
    from_state: result.fromState,
    to_state: result.toState,
    messages,
    fields: result.fields,
    escalation: result.escalation,
    effects: result.effects,
    summary: result.summary,
    is_failed: result.isFailed,
    ...(isReserved && { is_reserved: true }),
    intent: result.intent,
    language: result.language,
    sentiment: result.sentiment,
    topics: result.topics,
    model: result.model,
    evidence: result.evidence,
    latency_ms: latencyMs,
  };
}

/** A turn, or only a session, that has failed and is tried again later. */
export interface Failure {
  /** Absent when the turn could not even be opened. */
  turnId?: string;
  sessionId: string;
  leaseToken: string;
  /** A name or code, never a customer's text. */
  error: string;
  latencyMs?: number;
  /** What it cost all the same; absent when it was not begun. */
  spent?: TurnSpending;
}

/** Closes failed turns and makes their sessions due again after a growing pause. */
export async function retryTurns(
  database: Database,
  tenant: Tenant,
  failures: Failure[],
  settings: DatabaseSettings,
): Promise<void> {
  const rows = failures.map(toFailureRow);
  await database.callAsTenant(
    tenant,
    (call) => call`engine.retry_turns(${call.json(rows)}, ${call.json(settings)})`,
  );
}

/** Closes turns that cannot be played at all and calls people. */
export async function callPeople(
  database: Database,
  tenant: Tenant,
  failures: Failure[],
  settings: DatabaseSettings,
): Promise<void> {
  const rows = failures.map(toFailureRow);
  const requests = failures.map(({ sessionId, error }) => ({
    session_id: sessionId,
    reason: error,
    category: "failure",
    urgency: "high",
  }));
  await database.withTenant(tenant, (sql) =>
    Promise.all([
      sql`select engine.retry_turns(${sql.json(rows)}, ${sql.json(settings)})`,
      sql`select engine.call_people(${sql.json(requests)})`,
    ]));
}

function toFailureRow({ turnId, sessionId, leaseToken, error, latencyMs, spent }: Failure) {
  return {
    ...(spent && { model: spent.model }),
    ...(spent?.isReserved && { is_reserved: true }),
    turn_id: turnId ?? null,
    session_id: sessionId,
    lease_token: leaseToken,
    error,
    latency_ms: latencyMs ?? null,
  };
}
