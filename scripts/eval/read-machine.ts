import { type MachineDefinition, parseMachine } from "@app/sales-engine/mod.ts";
import { demoMachines } from "@app/sales-engine/testing.ts";
import { connect } from "../tenant/connection.ts";
import { findTarget } from "../tenant/target.ts";

const demos: Record<string, MachineDefinition> = {
  "packaging-wholesaler": demoMachines.packagingWholesaler,
  gym: demoMachines.gym,
};

/**
 * Finds a machine: a demo by its name, a file by its path, else what a tenant has published.
 *
 * @throws {Error} When there is none of that name.
 */
export async function readMachine(name: string): Promise<MachineDefinition> {
  const demo = Object.hasOwn(demos, name) ? demos[name] : undefined;
  if (demo) return demo;
  if (name.endsWith(".json")) return parseMachine(JSON.parse(await Deno.readTextFile(name)));
  return await readPublished(name);
}

async function readPublished(slug: string): Promise<MachineDefinition> {
  const { databaseUrl } = await findTarget();
  const sql = connect(databaseUrl);
  try {
    const [tenant] = await sql`select schema_name from public.tenants where slug = ${slug}`;
    if (!tenant) throw new Error(`Cannot find tenant "${slug}"`);
    const schema = sql(String(tenant["schema_name"]));
    const [version] = await sql`
      select v.definition from ${schema}.state_machines m
      join ${schema}.state_machine_versions v on v.state_machine_id = m.id
      where m.is_active and v.published_at is not null order by v.version desc limit 1`;
    if (!version) throw new Error(`Cannot play tenant "${slug}": it has published no machine`);
    return parseMachine(version["definition"]);
  } finally {
    await sql.end();
  }
}
