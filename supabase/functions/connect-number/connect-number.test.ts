import assert from "node:assert/strict";
import { leaveAccount, proveNumber } from "@app/channels/mod.ts";
import { defaultJobSettings, leaveAccounts, runJobs, systemTimers } from "@app/conversations/mod.ts";
import { type RunningSimulator, startSimulator } from "@app/whatsapp-simulator/testing.ts";
import { type MemberWorld, startMemberWorld } from "../../tests/testing/member-world.ts";
import { readConnection } from "../_shared/open-channels.ts";
import { channelSecretContext, open } from "../_shared/sealed-secrets.ts";
import type { Handler } from "../_shared/serve.ts";
import { handle } from "./handler.ts";

const number = (id: string, token: string, app = "100") => ({
  phone_number_id: id,
  waba_id: "300",
  app_id: app,
  display_phone_number: `+591 2 200 ${id}`,
  name: "Ventas",
  access_token: token,
});
const tokens = {
  mine: "EAAG-token-of-number-one",
  other: "EAAG-token-of-number-two",
  phoneApp: "EAAG-token-of-number-four",
  foreign: "EAAG-token-of-a-foreign-app",
};

let world: MemberWorld;
let simulator: RunningSimulator;
Deno.test.beforeAll(async () => {
  world = await startMemberWorld();
  const app = (id: string) => ({
    app_id: id,
    app_secret: "secret",
    verify_token: "verify",
    webhook_url: "http://127.0.0.1:9/none",
  });
  simulator = await startSimulator({
    apps: [app("100"), app("999")],
    numbers: [
      number("701", tokens.mine),
      number("702", tokens.other),
      { ...number("704", tokens.phoneApp), is_on_biz_app: true },
      { ...number("703", tokens.foreign, "999"), waba_id: "301" },
    ],
  });
});
Deno.test.afterAll(async () => {
  await simulator.stop();
  await world.stop();
});

/** The handler as `index.ts` wires it, with the simulator in Meta's place. */
const connectNumber: Handler = (request, context) =>
  handle(request, context, {
    ...world.ports,
    prove: ({ phoneNumberId, wabaId, accessToken }) =>
      proveNumber(
        { baseUrl: simulator.graphUrl, version: "v26.0", phoneNumberId, accessToken, fetch },
        wabaId,
        AbortSignal.timeout(30_000),
      ),
  });

const connect = async (who: "a" | "b", body: Record<string, unknown>) =>
  await world.post(connectNumber, await world.tokenOf(world[who].people.admin), {
    tenant_id: world[who].id,
    waba_id: "300",
    phone_number_id: "701",
    access_token: tokens.mine,
    ...body,
  });

const configs = () =>
  world.sql`select id, client_id, channel_id, is_enabled, settings from public.client_configs`;

const refusals: [string, Record<string, unknown>, RegExp][] = [
  ["a token that is none", { access_token: "EAAG-nobody-has-this-token" }, /not valid or has expired/],
  ["a token of another number", { access_token: tokens.other }, /reaches nothing of the number/],
  ["a number that does not exist", { phone_number_id: "799" }, /reaches nothing of the number/],
  ["another account", { waba_id: "301" }, /reaches nothing of the account/],
  [
    "a token of a foreign app",
    { phone_number_id: "703", waba_id: "301", access_token: tokens.foreign },
    /not of a Meta app that this deployment serves/,
  ],
];
for (const [name, body, message] of refusals) {
  Deno.test(`connect-number refuses ${name} in words, and connects nothing`, async () => {
    const before = await configs();
    const answer = await connect("a", body);
    assert.equal(answer.status, 400);
    assert.match(answer.body.error?.message ?? "", message);
    assert.deepEqual(await configs(), before);
  });
}

Deno.test("connect-number connects a number whose token proves control, and seals the token", async () => {
  await world.sql`delete from private.rate_limits`;
  const answer = await connect("a", { display_name: "Mostrador" });
  assert.equal(answer.status, 200);
  const id = String(answer.body.config_id);
  assert.deepEqual(answer.body, {
    config_id: id,
    display_phone_number: "+591 2 200 701",
    display_name: "Mostrador",
    last_four: "-one",
  });
  const [config] = await world.sql`select * from public.client_configs where id = ${id}`;
  assert.deepEqual([config?.client_id, config?.channel_id, config?.is_enabled], [world.a.id, "701", true]);
  assert.deepEqual(config?.settings, {
    app_id: "100",
    waba_id: "300",
    display_phone_number: "+591 2 200 701",
    is_coexistence: false,
  });
  const [row] = await world.sql`
    select key_id as "keyId", nonce, ciphertext, last_four from private.channel_secrets where config_id = ${id}`;
  assert.ok(row);
  const sealed = { keyId: row.keyId, nonce: row.nonce, ciphertext: row.ciphertext };
  assert.equal(open(sealed, world.ports.keys, channelSecretContext(id, "access_token")), tokens.mine);
});

Deno.test("connect-number keeps whether the owner uses the number in the phone app too, which sends slower", async () => {
  const answer = await connect("a", { phone_number_id: "704", access_token: tokens.phoneApp });
  assert.equal(answer.status, 200);
  const [config] = await world.sql`
    select settings -> 'is_coexistence' as kept from public.client_configs where id = ${
    String(answer.body.config_id)
  }`;
  assert.equal(config?.kept, true);
});

const meta = () => ({ graphBaseUrl: simulator.graphUrl, graphVersion: "v26.0" });

/** The apps that hear account 300, as its token sees them. */
async function listeners(): Promise<unknown[]> {
  const response = await fetch(`${simulator.graphUrl}/v26.0/300/subscribed_apps`, {
    headers: { authorization: `Bearer ${tokens.mine}` },
  });
  return (await response.json()).data;
}

/** Runs the jobs as `run-jobs` does. */
async function runLeaving() {
  const { database, keys } = world.ports;
  const leaving = leaveAccounts({
    database,
    accounts: {
      async leave(tenant, configId, accountId, signal) {
        await leaveAccount(await readConnection(database, keys, meta(), tenant, configId), accountId, signal);
      },
    },
  });
  const report = (_event: string, error: unknown) => assert.fail(String(error));
  await world.sql`delete from private.jobs where name <> 'leave_account'`;
  const settings = { ...defaultJobSettings, backoffSeconds: 0.001 };
  return await runJobs([leaving], { database, timers: systemTimers, settings, report });
}

const secretsOf = (phoneNumberId: string) =>
  world.sql`select from private.channel_secrets s join public.client_configs c on c.id = s.config_id
    where c.settings ->> 'disconnected_from' = ${phoneNumberId}`;

async function disconnect(phoneNumberId: string): Promise<void> {
  const [config] = await world.sql`
    select id from public.client_configs where channel_type = 'whatsapp' and channel_id = ${phoneNumberId}`;
  await world.sql.begin(async (sql) => {
    await sql`select set_config('role', 'authenticated', true),
      set_config('request.jwt.claims', ${JSON.stringify({ sub: world.a.people.admin })}, true)`;
    await sql`select api.disconnect_number(${world.a.id}, ${config?.id})`;
  });
}

Deno.test("disconnecting the last number of an account ends its webhooks and then forgets the token; connecting it again begins anew", async () => {
  await disconnect("704");
  assert.equal((await secretsOf("704")).length, 0, "another number of the account is still connected");
  assert.deepEqual(await runLeaving(), { done: 0, failed: 0 });
  assert.equal((await listeners()).length, 1);

  await disconnect("701");
  assert.equal((await secretsOf("701")).length, 1, "the provider is told with it");
  assert.deepEqual(await runLeaving(), { done: 1, failed: 0 });
  assert.deepEqual(await listeners(), []);
  assert.equal((await secretsOf("701")).length, 0);

  await world.sql`delete from private.rate_limits`;
  assert.equal((await connect("a", {})).status, 200);
  assert.equal((await listeners()).length, 1);
});

Deno.test("a number that is connected again before the provider was told keeps its token and its webhooks", async () => {
  await disconnect("701");
  assert.equal((await connect("a", {})).status, 200);
  assert.deepEqual(await runLeaving(), { done: 1, failed: 0 });
  assert.equal((await listeners()).length, 1);
  const kept = await world
    .sql`select from private.channel_secrets s join public.client_configs c on c.id = s.config_id
    where c.channel_id = '701'`;
  assert.equal(kept.length, 1);
});

Deno.test("connect-number refuses a number that another tenant has connected, without telling whose it is", async () => {
  const answer = await connect("b", {});
  assert.equal(answer.status, 409);
  assert.match(answer.body.error?.message ?? "", /connected elsewhere already/);
  for (const trace of [world.a.id, world.a.slug]) assert.ok(!answer.text.includes(trace));
});

Deno.test("connect-number limits how often a person tries, whatever comes of it", async () => {
  await world.sql`delete from private.rate_limits`;
  const statuses: number[] = [];
  let last;
  for (let tries = 0; tries < 12; tries++) {
    last = await connect("b", { access_token: "EAAG-nobody-has-this-token" });
    statuses.push(last.status);
  }
  assert.deepEqual(statuses.slice(0, 10), Array(10).fill(400));
  assert.equal(statuses.at(-1), 429);
  assert.ok(Number(last?.headers.get("retry-after")) >= 1);
});

Deno.test("no token is in an answer's error or in a log line", () => {
  const text = world.lines.join("\n");
  assert.ok(text.includes('"status":400'));
  for (const token of [...Object.values(tokens), "EAAG-nobody"]) assert.ok(!text.includes(token));
});
