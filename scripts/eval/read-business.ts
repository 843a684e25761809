import { type MachineDefinition, parseMachine } from "@app/sales-engine/mod.ts";
import { demoMachines } from "@app/sales-engine/testing.ts";
import { z } from "zod";
import { connect } from "../tenant/connection.ts";
import { findTarget } from "../tenant/target.ts";

const demos: Record<string, MachineDefinition> = {
  "packaging-wholesaler": demoMachines.packagingWholesaler,
  gym: demoMachines.gym,
};

/** What customers play against. */
export interface Business {
  machine: MachineDefinition;
  /** Of a tenant: its name, time zone and settings, by which its turns are decided. */
  tenant?: { name: string; timeZone: string; settings: Record<string, unknown> };
}

const tenantRow = z.object({
  schema_name: z.string(),
  name: z.string(),
  time_zone: z.string(),
  settings: z.record(z.string(), z.unknown()),
});

/**
 * Finds a business: a demo by its name, a machine's file by its path, else a tenant with what it has published.
 *
 * @throws {Error} When there is none of that name.
 */
export async function readBusiness(name: string): Promise<Business> {
  const demo = Object.hasOwn(demos, name) ? demos[name] : undefined;
  if (demo) return { machine: demo };
  if (name.endsWith(".json")) return { machine: parseMachine(JSON.parse(await Deno.readTextFile(name))) };
  return await readTenant(name);
}

async function readTenant(slug: string): Promise<Business> {
  const { databaseUrl } = await findTarget();
  const sql = connect(databaseUrl);
  try {
    const [row] = await sql`
      select schema_name, name, time_zone, settings from public.tenants where slug = ${slug}`;
    if (!row) throw new Error(`Cannot find tenant "${slug}"`);
    const { schema_name, name, time_zone: timeZone, settings } = tenantRow.parse(row);
    const schema = sql(schema_name);
    const [version] = await sql`
      select v.definition from ${schema}.state_machines m
      join ${schema}.state_machine_versions v on v.state_machine_id = m.id
      where m.is_active and v.published_at is not null order by v.version desc limit 1`;
    if (!version) throw new Error(`Cannot play tenant "${slug}": it has published no machine`);
    return { machine: parseMachine(version["definition"]), tenant: { name, timeZone, settings } };
  } finally {
    await sql.end();
  }
}
