import { createDeliverer, type Deliverer } from "../delivery/deliver.ts";
import type { Tenant } from "../ports.ts";
import { type Claim, claimDueWork, type DueWork } from "../turns/claim-due-work.ts";
import { createGate } from "../turns/create-gate.ts";
import { keepLeases, type Lease, type LeaseKeeper } from "../turns/keep-leases.ts";
import { cachedMachines, type Machines } from "../turns/machines.ts";
import { createTurnTaker, type TurnTaker } from "../turns/take-turns.ts";
import type { WorkPorts } from "../turns/work-ports.ts";
import { createBell } from "./bell.ts";

/** A run through due work. */
export interface Run {
  /** Something may be due now. */
  nudge(): void;
  /** Claiming has ended; what was claimed may still be worked on. Rejects if the database could not be asked. */
  claimed: Promise<RunEnd>;
  /** Everything that was claimed has ended. Never rejects. */
  finished: Promise<void>;
}

/** Why a run claims no more. */
export interface RunEnd {
  /** In how many milliseconds somebody should look again; `null` if nothing is planned. */
  lookAgainInMs: number | null;
}

/** Claims that follow each other faster than this find one row at a time. */
const leastClaimGapMs = 4;
/** More sessions at a time than this, and requests that nothing depends on wait. */
const busyFrom = 64;
/** A run waits this long for work that is not due yet, rather than being called again. */
const lingerMs = 1_000;

interface TenantWorker {
  turns: TurnTaker;
  deliverer: Deliverer;
}

/**
 * Works through what is due: claims fairly, takes turns, sends replies, keeps the leases meanwhile.
 *
 * @param machines Kept by the caller across runs.
 */
export function processDueWork(ports: WorkPorts, machines: Machines = cachedMachines(ports.database)): Run {
  const { timers, settings } = ports;
  const bell = createBell(timers);
  const gate = createGate(settings.maxTransactions);
  const leases = keepLeases(ports);
  const workers = new Map<string, TenantWorker>();
  const startedMs = timers.now();
  const startedCpuMs = ports.cpuMs?.() ?? 0;
  const running = new Set<Promise<void>>();
  let isNudged = false;
  /** Whether a session has ended since the last claim: it may be due again. */
  let hasEnded = false;

  const isBusy = () => running.size > busyFrom;

  function isOver(): boolean {
    const cpuMs = (ports.cpuMs?.() ?? 0) - startedCpuMs;
    return timers.now() - startedMs >= settings.claimForMs || cpuMs >= settings.claimCpuMs;
  }

  async function claimUntilOver(): Promise<RunEnd> {
    let claim = await claimAndStart();
    let lastClaimMs = timers.now();
    while (!isOver()) {
      const isIdle = running.size === 0;
      const dueInMs = claim.nextDueInMs === null
        ? Infinity
        : claim.nextDueInMs - (timers.now() - lastClaimMs);
      if (isIdle && claim.work.length === 0 && !isNudged && !hasEnded && dueInMs > lingerMs) {
        return { lookAgainInMs: claim.nextDueInMs === null ? null : Math.max(0, dueInMs) };
      }
      if (!shouldClaim(claim, dueInMs)) {
        await bell.wait(Math.min(Math.max(dueInMs, leastClaimGapMs), lingerMs));
        continue;
      }
      isNudged = false;
      hasEnded = false;
      await pauseSince(lastClaimMs);
      lastClaimMs = timers.now();
      claim = await claimAndStart();
    }
    return { lookAgainInMs: claim.work.length > 0 ? 0 : claim.nextDueInMs };
  }

  /** Small claims cost as much as large ones, so a run that is nearly full waits for room. */
  function shouldClaim(last: Claim, dueInMs: number): boolean {
    const free = settings.maxInFlight - running.size;
    if (running.size > 0 && free < settings.maxInFlight / 2) return false;
    return last.hasMore || isNudged || dueInMs <= 0 || (hasEnded && running.size === 0);
  }

  async function pauseSince(sinceMs: number): Promise<void> {
    const leftMs = leastClaimGapMs - (timers.now() - sinceMs);
    if (leftMs > 0) await new Promise<void>((resolve) => timers.after(leftMs, resolve));
  }

  async function claimAndStart(): Promise<Claim> {
    const free = settings.maxInFlight - running.size;
    const claim = await claimDueWork(ports.database, free, settings.leaseSeconds);
    for (const [tenantId, work] of byTenant(claim.work)) {
      const first = work[0];
      if (!first) continue;
      start({ id: tenantId, schemaName: first.schema_name }, work, claim.leaseToken);
    }
    return claim;
  }

  function start(tenant: Tenant, work: DueWork[], leaseToken: string): void {
    const { turns, deliverer } = workerOf(tenant);
    const toTake = work.filter(({ work }) => work === "turn").map((row) => leased(row, leaseToken, leases));
    for (const ended of turns.take(toTake)) track(ended);
    const toSend = work.filter(({ work }) => work === "delivery");
    if (toSend.length > 0) {
      track(
        deliverer.claim(toSend.map(({ session_id }) => ({ sessionId: session_id, leaseToken })))
          .catch((error) => ports.report("delivery_not_settled", error, { tenant_id: tenant.id })),
      );
    }
  }

  function workerOf(tenant: Tenant): TenantWorker {
    const found = workers.get(tenant.id);
    if (found) return found;
    const deliverer = createDeliverer(ports, tenant, gate);
    const made = { deliverer, turns: createTurnTaker(ports, machines, tenant, deliverer, gate, isBusy) };
    workers.set(tenant.id, made);
    return made;
  }

  function track(work: Promise<void>): void {
    const tracked = work.finally(() => {
      running.delete(tracked);
      hasEnded = true;
      bell.ring();
    });
    running.add(tracked);
  }

  const claimed = claimUntilOver();
  return {
    nudge() {
      isNudged = true;
      bell.ring();
    },
    claimed,
    finished: (async () => {
      await claimed.catch(() => {});
      while (running.size > 0) await Promise.all(running);
      leases.stop();
    })(),
  };
}

function leased(row: DueWork, token: string, leases: LeaseKeeper) {
  const lost = new AbortController();
  const lease: Lease = {
    tenantId: row.tenant_id,
    sessionId: row.session_id,
    work: row.work,
    token,
    onLost: () => lost.abort(),
  };
  leases.keep(lease);
  return {
    sessionId: row.session_id,
    leaseToken: token,
    attempts: row.attempts,
    lost: lost.signal,
    release: () => leases.drop(lease),
  };
}

function byTenant(work: DueWork[]): Map<string, DueWork[]> {
  const groups = new Map<string, DueWork[]>();
  for (const row of work) {
    const group = groups.get(row.tenant_id);
    if (group) group.push(row);
    else groups.set(row.tenant_id, [row]);
  }
  return groups;
}
