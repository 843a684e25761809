import type { Deliverer } from "../delivery/deliver.ts";
import { toQueuedMessage } from "../delivery/queued-message.ts";
import { messageTags } from "../message-tag.ts";
import type { Tenant } from "../ports.ts";
import { createBatcher } from "./create-batcher.ts";
import { callPeople, commitTurns, type Decision, type Failure, retryTurns } from "./end-turns.ts";
import type { Gate } from "./create-gate.ts";
import type { Machines } from "./machines.ts";
import { type OpenedTurn, type OpenedTurns, openedTurns } from "./opened-turn.ts";
import { filesToSend } from "./files-to-send.ts";
import { playTurn, type TurnSpending } from "./play-turn.ts";
import { settleBudget } from "./reserve-budget.ts";
import { showTyping } from "./show-typing.ts";
import type { WorkPorts } from "./work-ports.ts";
import { databaseSettings } from "./work-settings.ts";

/** A session whose turn this worker has claimed. */
interface ClaimedTurn {
  sessionId: string;
  leaseToken: string;
  /** Failed tries before this one. */
  attempts: number;
  /** Fires when the lease is lost. */
  lost: AbortSignal;
  /** The row was given back or removed; its lease needs no renewal any more. */
  release(): void;
}

/** Takes turns in the sessions of one tenant. */
export interface TurnTaker {
  /**
   * Takes a turn in each session and sends its replies.
   *
   * @returns One promise per session; it settles when nothing of it is left to do. They never reject.
   */
  take(claimed: ClaimedTurn[]): Promise<void>[];
}

/** Sessions that share a transaction; more would hold their locks longer than it saves. */
const mostTogether = 64;

/** While hundreds wait, a turn that ends sooner than this is not worth a request that says it runs. */
const typingWhenBusyMs = 300;

/**
 * Makes the turn taker of a tenant. What happens at about the same time shares a transaction.
 *
 * @param gate Bounds the transactions of the whole run.
 * @param isBusy Whether many sessions are worked on at this moment.
 */
export function createTurnTaker(
  ports: WorkPorts,
  machines: Machines,
  tenant: Tenant,
  deliverer: Deliverer,
  gate: Gate,
  isBusy: () => boolean,
): TurnTaker {
  const { database, timers, settings } = ports;
  const told = databaseSettings(settings, ports.rates);
  const aTickLater = (start: () => void) => void timers.after(0, start);
  const opener = createBatcher(queueMicrotask, mostTogether, open, (flush) => gate.run("patient", flush));
  const committer = createBatcher(
    aTickLater,
    mostTogether,
    (decisions: Decision[]) => commitTurns(database, tenant, decisions, told),
    (flush) => gate.run("urgent", flush),
  );
  const retrier = createBatcher(aTickLater, mostTogether, async (failures: Failure[]) => {
    await retryTurns(database, tenant, failures, told);
    return failures;
  });

  async function open(claimed: ClaimedTurn[]): Promise<Opening[]> {
    const work = claimed.map(({ sessionId, leaseToken }) => ({
      session_id: sessionId,
      lease_token: leaseToken,
    }));
    const context = openedTurns.parse(
      await database.callAsTenant(
        tenant,
        (call) => call`engine.open_turns(${call.json(work)}, ${settings.historyLimit}::integer)`,
      ),
    );
    const bySession = new Map(context.opened.map((turn) => [turn.session.id, turn]));
    return claimed.map(({ sessionId }) => ({ context, turn: bySession.get(sessionId) }));
  }

  async function takeOne(claimed: ClaimedTurn): Promise<void> {
    let turn: OpenedTurn | undefined;
    const keep: { spent?: TurnSpending } = {};
    try {
      if (claimed.attempts >= settings.maxAttempts) return await callPeopleFor(claimed, "worker_lost");
      const opening = await opener.add(claimed);
      turn = opening.turn;
      if (turn) await playAndEnd(claimed, turn, opening.context, keep);
    } catch (error) {
      ports.report("turn_not_settled", error, { session_id: claimed.sessionId });
      const name = error instanceof Error ? error.name : "unknown";
      await fail(claimed, { error: name, ...keep }, turn).catch((again) =>
        // The database is away: the lease runs out, and that counts as a try.
        ports.report("turn_not_given_back", again, { session_id: claimed.sessionId })
      );
    } finally {
      claimed.release();
    }
  }

  /** @param keep Gets what the turn cost, for when it cannot be ended. */
  async function playAndEnd(
    claimed: ClaimedTurn,
    turn: OpenedTurn,
    context: OpenedTurns,
    keep: { spent?: TurnSpending },
  ): Promise<void> {
    const stopTyping = showTyping(ports, tenant, turn, isBusy() ? typingWhenBusyMs : 0);
    const { attempts, lost, leaseToken } = claimed;
    const startedMs = timers.now();
    const tell = (outcome: string, more: Record<string, string | number | undefined> = {}) =>
      ports.note?.("turn", {
        ...about(tenant, claimed, turn),
        outcome,
        ms: timers.now() - startedMs,
        ...more,
      });
    const end = await playTurn(ports, machines, turn, context, { tenant, attempts, lost });
    stopTyping();
    const spent = { model: end.model, isReserved: end.isReserved };
    if (end.kind !== "decided") tell(end.kind, end.kind === "lost" ? {} : { code: end.error });
    if (end.kind === "lost") {
      if (end.isReserved) await settleBudget(database, tenant, turn, end.model);
      return;
    }
    keep.spent = spent;
    if (end.kind === "failed") return await fail(claimed, { ...end, spent }, turn);
    if (end.kind === "unplayable") return await callPeopleFor(claimed, end.error, turn);
    const { result, isFailed, isReserved, latencyMs } = end;
    const messages = [
      ...result.replies.flatMap((reply) => ports.writeReply(reply, result.language)),
      ...filesToSend(result.effects, context.files ?? []),
    ].map(toQueuedMessage);
    const claimedMs = timers.now();
    const { verdict, delivery } = await committer.add({
      turn,
      leaseToken,
      result,
      messages,
      isFailed,
      isReserved,
      latencyMs,
    });
    tell(verdict, { decision: result.decision, engine_ms: latencyMs, message: delivery?.message_id });
    claimed.release();
    if (delivery) await deliverer.send(delivery, claimedMs);
  }

  async function fail(
    { sessionId, leaseToken }: ClaimedTurn,
    { error, latencyMs, spent }: Pick<Failure, "error" | "latencyMs" | "spent">,
    turn: OpenedTurn | undefined,
  ): Promise<void> {
    await retrier.add({ turnId: turn?.turn_id, sessionId, leaseToken, error, latencyMs, spent });
  }

  async function callPeopleFor(claimed: ClaimedTurn, error: string, turn?: OpenedTurn): Promise<void> {
    const { sessionId, leaseToken } = claimed;
    await callPeople(
      database,
      tenant,
      [{ turnId: turn?.turn_id, sessionId, leaseToken, error }],
      told,
    );
  }

  return { take: (claimed) => claimed.map(takeOne) };
}

/** What a log line says about a turn; the tags lead back to the webhooks that brought its messages. */
function about(tenant: Tenant, { sessionId, attempts }: ClaimedTurn, { turn_id, pending }: OpenedTurn) {
  const read = pending.flatMap(({ external_id }) => external_id ?? []);
  return { tenant: tenant.id, session: sessionId, turn: turn_id, attempts, messages: messageTags(read) };
}

interface Opening {
  context: OpenedTurns;
  /** Absent where the bot may not speak now, or the lease was lost. */
  turn?: OpenedTurn;
}
