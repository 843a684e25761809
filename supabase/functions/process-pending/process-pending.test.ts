import assert from "node:assert/strict";
import { cachedMachines, processDueWork } from "@app/conversations/mod.ts";
import { startSimulator } from "@app/whatsapp-simulator/testing.ts";
import { channelSecretContext, readSecretKeys, seal } from "../_shared/sealed-secrets.ts";
import { chooseModels } from "../_shared/choose-models.ts";
import { handle } from "./handler.ts";
import { openChannels } from "../_shared/open-channels.ts";
import { openProcessor } from "./open-processor.ts";
import { startWorld, type TestTenant, type TestWorld } from "./testing.ts";

const keys = readSecretKeys("k1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
const accessToken = "a-token-of-the-simulated-platform";

async function giveToken(
  world: TestWorld,
  tenant: TestTenant,
): Promise<string> {
  const sealed = seal(
    accessToken,
    keys,
    channelSecretContext(tenant.configId, "access_token"),
  );
  await world.admin`
    insert into private.channel_secrets (config_id, tenant_id, schema_name, name, key_id, nonce, ciphertext)
    values (${tenant.configId}, ${tenant.id}, ${tenant.schemaName}, 'access_token', ${sealed.keyId}, ${sealed.nonce},
      ${sealed.ciphertext})`;
  await world
    .admin`update public.tenants set settings = '{"model": {"provider": "offline"}}' where id = ${tenant.id}`;
  const [config] = await world
    .admin`select channel_id from public.client_configs where id = ${tenant.configId}`;
  return config?.channel_id;
}

Deno.test("process-pending sends over the Graph API", async (test) => {
  const world = await startWorld();
  const tenant = await world.makeTenant();
  const phoneNumberId = await giveToken(world, tenant);
  const meta = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen() {} },
    () => new Response(),
  );
  const simulator = await startSimulator({
    apps: [{
      app_id: "1",
      app_secret: "secret",
      verify_token: "token",
      webhook_url: `http://127.0.0.1:${meta.addr.port}/`,
    }],
    numbers: [{
      phone_number_id: phoneNumberId,
      waba_id: "2",
      app_id: "1",
      display_phone_number: "5491100000000",
      name: "Test",
      access_token: accessToken,
    }],
  });
  const { ports } = world.worker({
    settings: {
      sendDeadlineSeconds: 1,
      backoffSeconds: 0.05,
      pollSeconds: 0.05,
    },
  });
  const graph = { graphBaseUrl: simulator.graphUrl, graphVersion: "v26.0" };
  const real = {
    ...ports,
    channels: openChannels(world.database, keys, graph),
    models: chooseModels({
      keysFor: () => Promise.resolve({ compatible: [] }),
    }),
  };

  async function play(phone: string): Promise<void> {
    const externalId = await simulator.customer(phone).say("hola");
    await world.write(tenant, phone, "hola", { externalId });
    const run = processDueWork(real, cachedMachines(world.database));
    await run.claimed;
    await run.finished;
  }
  const outbound = async (phone: string) =>
    (await simulator.ledger()).flatMap((event) =>
      event.kind === "outbound" && event.customer === phone ? [event] : []
    );

  await test.step("a reply carries our id, and its provider id is kept", async () => {
    await play("5491100000001");
    const sent = await outbound("5491100000001");
    const stored = await world.look(
      tenant,
      (sql) => sql`select id, external_id from messages where direction = 'outbound' order by seq`,
    );
    assert.ok(sent.length > 0);
    assert.deepEqual(
      sent.map(({ callback_data, wamid }) => ({
        id: callback_data,
        external_id: wamid,
      })),
      [...stored],
    );
  });

  await test.step("a refusal that passes costs no message and doubles none", async () => {
    await simulator.faults({ status_5xx: { next: 2 } });
    await play("5491100000002");
    const sent = await outbound("5491100000002");
    const ids = sent.map(({ callback_data }) => callback_data);
    assert.ok(sent.length > 0);
    assert.equal(new Set(ids).size, ids.length);
    const [left] = await world.look(
      tenant,
      (sql) =>
        sql`select count(*) as amount from messages where direction = 'outbound' and external_id is null`,
    );
    assert.deepEqual(left, { amount: 0 });
  });

  await test.step("handle() works only for who has the key, and answers before the work is done", async () => {
    let woken = 0;
    const processor = openProcessor({ ...real }, () => {});
    const secrets = {
      databaseUrl: "",
      sealing: "",
      models: { servers: [] },
      secretKeys: { automations: "sb_secret_a" },
    };
    const background: Promise<unknown>[] = [];
    const handlerPorts = {
      settings: { secrets },
      processor: { wake: () => (woken++, processor.wake()) },
      runInBackground: (work: Promise<unknown>) => void background.push(work),
    };
    const call = (headers: Record<string, string>) =>
      new Request("http://127.0.0.1/process-pending", {
        method: "POST",
        headers,
      });
    assert.throws(() => handle(call({}), handlerPorts));
    assert.throws(() => handle(call({ apikey: "sb_secret_b" }), handlerPorts));
    assert.equal(woken, 0);
    const externalId = await simulator.customer("5491100000003").say("hola");
    await world.write(tenant, "5491100000003", "hola", { externalId });
    assert.equal(
      handle(call({ apikey: "sb_secret_a" }), handlerPorts).status,
      202,
    );
    assert.equal(
      handle(call({ apikey: "sb_secret_a" }), handlerPorts).status,
      202,
    );
    assert.equal((await outbound("5491100000003")).length, 0);
    await Promise.all(background);
    assert.ok((await outbound("5491100000003")).length > 0);
  });

  await test.step("openProcessor() asks to be called again for work that is due later", async () => {
    const wakes: Date[] = [];
    const processor = openProcessor(
      { ...real },
      (dueAt) => void wakes.push(dueAt),
    );
    await world.write(tenant, "5491100000004", "hola");
    await world.look(
      tenant,
      (sql) => sql`update private.due_work set due_at = now() + interval '30 seconds'`,
    );
    await processor.wake();
    const inMs = (wakes[0]?.getTime() ?? 0) - Date.now();
    assert.equal(wakes.length, 1);
    assert.ok(inMs > 25_000 && inMs <= 30_000, `${inMs} ms`);
  });

  await simulator.stop();
  await meta.shutdown();
  await world.stop();
});
