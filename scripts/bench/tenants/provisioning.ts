import { readFile } from "node:fs/promises";
import { readSecretKeys } from "../../../supabase/functions/_shared/sealed-secrets.ts";
import { tapRequest } from "../../stage/requests.ts";
import type { Stage } from "../../stage/stage.ts";
import { app } from "../../stage/tenants.ts";
import { newTenant } from "../../tenant/new-tenant.ts";
import { provision } from "../../tenant/provision.ts";
import { percentile } from "../report.ts";

const machineFile = new URL(
  "../../../packages/sales-engine/machines/packaging-wholesaler.json",
  import.meta.url,
);
let made = 0;

/** Provisions a tenant with a number, an owner's settings and a machine, as `npm run tenant -- create` does. */
async function provisionOne(stage: Stage) {
  const number = ++made;
  const line = {
    phoneNumberId: String(109_000_000 + number),
    displayPhoneNumber: `+${59_180_000_000 + number}`,
    appId: app.appId,
    accessToken: `late-token-${number}`,
  };
  const wanted = newTenant.parse({
    slug: `late_${number}`,
    name: `Late ${number}`,
    settings: { model: { provider: "offline" } },
    numbers: [line],
  });
  const machine: unknown = JSON.parse(await readFile(machineFile, "utf8"));
  const keys = readSecretKeys(stage.environment.SECRETS_KEYS ?? "");
  const { tenant } = await provision(stage.database.sql, wanted, { keys, app, machine });
  return { ...line, id: tenant.id, schemaName: tenant.schemaName, name: wanted.name };
}

/** The median time of provisioning a tenant, in milliseconds. */
export async function measureProvisioning(stage: Stage): Promise<number> {
  const times: number[] = [];
  for (let number = 0; number < 15; number++) {
    const startedAt = performance.now();
    await provisionOne(stage);
    times.push(performance.now() - startedAt);
  }
  return percentile(times, 0.5);
}

/** From the start of provisioning a tenant until a customer's first message is answered, in milliseconds; the median of five. */
export async function measureFirstAnswer(stage: Stage): Promise<number> {
  const times: number[] = [];
  for (let number = 0; number < 5; number++) {
    const startedAt = performance.now();
    const tenant = await provisionOne(stage);
    const response = await fetch(`${stage.functionsUrl}/webhook-whatsapp`, {
      method: "POST",
      ...tapRequest(tenant, 900_000 + number, "Quiero cajas"),
    });
    await response.body?.cancel();
    await untilAnswered(stage, tenant.schemaName);
    times.push(performance.now() - startedAt);
  }
  return percentile(times, 0.5);
}

/** Waits until the provider has accepted a reply. */
async function untilAnswered(stage: Stage, schemaName: string): Promise<void> {
  for (let tries = 0; tries < 1000; tries++) {
    const isAnswered = await stage.database.sql.begin(async (sql) => {
      await sql`select set_config('search_path', ${schemaName}, true)`;
      const rows = await sql`
        select from messages where direction = 'outbound' and external_id is not null limit 1`;
      return rows.length > 0;
    });
    if (isAnswered) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`Cannot measure: the first message of ${schemaName} was not answered within 20 s`);
}
