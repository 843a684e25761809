import { type MachineDefinition, parseMachine } from "@app/sales-engine/mod.ts";
import type { Database, Tenant } from "../ports.ts";

/** Machine versions by id. They never change once published, so each is read and parsed once per isolate. */
export interface Machines {
  /** @throws {InvalidMachine} If the stored definition is not one, or is gone. */
  read(tenant: Tenant, versionId: string): Promise<MachineDefinition>;
}

/** Machines are some 20 KB each; an isolate has 256 MB. */
const mostKept = 500;

/** Reads machines from the tenants' tables and keeps the latest ones. */
export function cachedMachines(database: Database): Machines {
  const kept = new Map<string, Promise<MachineDefinition>>();

  async function load(tenant: Tenant, versionId: string): Promise<MachineDefinition> {
    const [row] = await database.withTenant(
      tenant,
      (sql) => sql`select v.definition from state_machine_versions v where v.id = ${versionId}::uuid`,
    );
    return parseMachine(row?.definition);
  }

  return {
    read(tenant, versionId) {
      const found = kept.get(versionId);
      if (found) return found;
      const machine = load(tenant, versionId);
      kept.set(versionId, machine);
      machine.catch(() => kept.delete(versionId));
      const [oldest] = kept.keys();
      if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
      return machine;
    },
  };
}
