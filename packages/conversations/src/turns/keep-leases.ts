import { z } from "zod";
import type { WorkPorts } from "./work-ports.ts";

/** A claimed row that somebody works on. */
export interface Lease {
  tenantId: string;
  sessionId: string;
  work: "turn" | "delivery";
  token: string;
  /** Called once if the lease turns out to be another worker's. */
  onLost(): void;
}

/** Renews leases while their work goes on. */
export interface LeaseKeeper {
  keep(lease: Lease): void;
  /** The work has ended or was given back. */
  drop(lease: Lease): void;
  stop(): void;
}

const renewed = z.array(z.object({ session_id: z.string(), work: z.string() }));

/** Renews all kept leases together, every third of their length, until stopped. */
export function keepLeases(ports: WorkPorts): LeaseKeeper {
  const leases = new Set<Lease>();
  const { database, settings, timers, report } = ports;
  const everyMs = settings.leaseSeconds * 1000 / 3;
  let isStopped = false;
  let cancel = timers.after(everyMs, renew);

  async function renew(): Promise<void> {
    const asked = [...leases];
    try {
      if (asked.length > 0) await renewAll(asked);
    } catch (error) {
      report("lease_renewal_failed", error);
    }
    if (!isStopped) cancel = timers.after(everyMs, renew);
  }

  async function renewAll(asked: Lease[]): Promise<void> {
    const rows = asked.map((lease) => ({
      tenant_id: lease.tenantId,
      session_id: lease.sessionId,
      work: lease.work,
      lease_token: lease.token,
    }));
    const [row] = await database.withRouter((sql) =>
      sql`select private.renew_leases(${sql.json(rows)}, ${settings.leaseSeconds}::numeric) as renewed`
    );
    const ours = new Set(renewed.parse(row?.renewed).map((one) => `${one.work} ${one.session_id}`));
    for (const lease of asked) {
      // What ended meanwhile gave its row back itself.
      if (!leases.has(lease) || ours.has(`${lease.work} ${lease.sessionId}`)) continue;
      leases.delete(lease);
      lease.onLost();
    }
  }

  return {
    keep: (lease) => void leases.add(lease),
    drop: (lease) => void leases.delete(lease),
    stop() {
      isStopped = true;
      cancel();
    },
  };
}
