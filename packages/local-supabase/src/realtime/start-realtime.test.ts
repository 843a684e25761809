import assert from "node:assert/strict";
import { createClient, type RealtimeChannel, type SupabaseClient } from "@supabase/supabase-js";
import { SignJWT } from "jose";
import postgres from "postgres";
import { startPgliteThread } from "../gate/pglite-thread.ts";
import { startGateway } from "../gateway/start-gateway.ts";
import { makeKeys } from "../keys.ts";
import { ensureSystemSchema } from "../system-schema.ts";
import { identitiesOf } from "./claims.ts";
import { startRealtime } from "./start-realtime.ts";

const keys = makeKeys();
const thread = await startPgliteThread({});
const adminUrl = `postgresql://supabase_admin@127.0.0.1:${thread.port}/postgres`;
await ensureSystemSchema(adminUrl);
const owner = postgres(adminUrl.replace("supabase_admin", "postgres"), { max: 1, onnotice: () => {} });
await owner`
  create policy "People read the rooms of their own" on realtime.messages for select to authenticated
    using (realtime.topic() like 'room:' || coalesce(current_setting('request.jwt.claim.sub', true), '') || '%')`;
await owner`
  create policy "People write in rooms of their own that are open" on realtime.messages for insert to authenticated
    with check (realtime.topic() like 'room:' || current_setting('request.jwt.claim.sub', true) || ':open')`;
const realtime = await startRealtime({
  adminUrl,
  identities: identitiesOf({
    publishable: keys.publishable_key,
    secret: [keys.secret_key],
    jwtSecret: keys.jwt_secret,
  }),
  say: (line) => console.log(line),
});
const gateway = startGateway(0);
gateway.open({ "/realtime/v1/": (request) => realtime.fetch(request) });
const clients: SupabaseClient[] = [];

Deno.test.afterAll(async () => {
  await Promise.all(clients.map((client) => client.realtime.disconnect()));
  await owner.end();
  await realtime.stop();
  await gateway.stop();
  await thread.stop();
});

/** An app of `person`, or of nobody; with the client as everybody gets it. */
async function connect(person?: string, validSeconds = 60): Promise<SupabaseClient> {
  const client = createClient(gateway.url, keys.publishable_key);
  if (person) await client.realtime.setAuth(await tokenOf(person, validSeconds));
  clients.push(client);
  return client;
}

function tokenOf(person: string, validSeconds = 60): Promise<string> {
  return new SignJWT({ role: "authenticated", sub: person }).setProtectedHeader({ alg: "HS256" })
    .setExpirationTime(Math.floor(Date.now() / 1000) + validSeconds)
    .sign(new TextEncoder().encode(keys.jwt_secret));
}

/** Subscribes and tells how it went: the status, and the reason of a refusal. */
function subscribe(channel: RealtimeChannel): Promise<{ status: string; reason: string }> {
  return new Promise((resolve) => {
    channel.subscribe((status, error) => resolve({ status, reason: error?.message ?? "" }));
  });
}

/** Collects the broadcasts of a channel. */
function collect(channel: RealtimeChannel) {
  const heard: { event: string; payload: unknown; meta?: { id: string; replayed?: boolean } }[] = [];
  channel.on(
    "broadcast",
    { event: "*" },
    ({ event, payload, meta }) => void heard.push({ event, payload, meta }),
  );
  return heard;
}

async function until(isTrue: () => boolean): Promise<void> {
  for (let tries = 0; !isTrue(); tries++) {
    if (tries > 300) throw new Error("Cannot wait any longer: it has not come true within 3 s");
    await new Promise((go) => setTimeout(go, 10));
  }
}

const options = { sanitizeOps: false, sanitizeResources: false };

Deno.test("startRealtime() relays broadcasts in a public topic", options, async () => {
  const [ana, bob] = await Promise.all([connect(), connect()]);
  const fromAna = ana.channel("plaza", { config: { broadcast: { ack: true } } });
  const toBob = bob.channel("plaza");
  const [echo, heard] = [collect(fromAna), collect(toBob)];
  await Promise.all([subscribe(fromAna), subscribe(toBob)]);
  const answer = await fromAna.send({ type: "broadcast", event: "hi", payload: { text: "¡hola!" } });
  await until(() => heard.length === 1);
  assert.equal(answer, "ok");
  assert.deepEqual(heard[0]?.payload, { text: "¡hola!" });
  assert.equal(echo.length, 0);
});

Deno.test(
  "startRealtime() lets those join a private topic whom the policies let read it",
  options,
  async () => {
    const [ana, stranger] = [await connect("ana"), await connect("eva")];
    const joined = await subscribe(ana.channel("room:ana", { config: { private: true } }));
    const refused = await subscribe(stranger.channel("room:ana", { config: { private: true } }));
    const anonymous = await subscribe((await connect()).channel("room:ana", { config: { private: true } }));
    assert.equal(joined.status, "SUBSCRIBED");
    assert.equal(refused.status, "CHANNEL_ERROR");
    assert.match(
      refused.reason,
      /Unauthorized: You do not have permissions to read from this Channel topic: room:ana/,
    );
    assert.equal(anonymous.status, "CHANNEL_ERROR");
  },
);

Deno.test(
  "startRealtime() delivers what the database sends, small and large, to that private topic only",
  options,
  async () => {
    const client = await connect("ana");
    const channel = client.channel("room:ana", { config: { private: true } });
    const open = (await connect()).channel("room:ana");
    const [heard, overheard] = [collect(channel), collect(open)];
    await Promise.all([subscribe(channel), subscribe(open)]);
    await owner`select realtime.send(${owner.json({ ids: [1, 2] })}, 'changed', 'room:ana')`;
    await owner`select realtime.send(${owner.json({ text: "x".repeat(20_000) })}, 'large', 'room:ana')`;
    await owner`select realtime.send('{}', 'elsewhere', 'room:eva')`;
    await until(() => heard.length >= 2);
    assert.deepEqual(heard.map((message) => message.event), ["changed", "large"]);
    assert.deepEqual((heard[0]?.payload as { ids: number[] }).ids, [1, 2]);
    assert.match(heard[0]?.meta?.id ?? "", /^[0-9a-f-]{36}$/);
    assert.equal(overheard.length, 0);
  },
);

Deno.test("startRealtime() drops a broadcast of somebody who may only read", options, async () => {
  const [reader, writer] = [await connect("ana"), await connect("ana")];
  const config = { config: { private: true, broadcast: { ack: true, self: true } } };
  const [silent, open] = [reader.channel("room:ana:shut", config), writer.channel("room:ana:open", config)];
  const [nothing, something] = [collect(silent), collect(open)];
  await Promise.all([subscribe(silent), subscribe(open)]);
  void silent.send({ type: "broadcast", event: "no", payload: {} });
  const answer = await open.send({ type: "broadcast", event: "yes", payload: {} });
  await until(() => something.length === 1);
  assert.equal(answer, "ok");
  assert.equal(nothing.length, 0);
});

Deno.test("startRealtime() tells who is present, who comes and who goes", options, async () => {
  const [ana, bob] = [await connect(), await connect()];
  const [ofAna, ofBob] = [ana, bob].map((client, index) =>
    client.channel("desk", { config: { presence: { key: `agent-${index}` } } })
  ) as [RealtimeChannel, RealtimeChannel];
  const seen: string[] = [];
  ofAna.on("presence", { event: "sync" }, () => {});
  ofAna.on("presence", { event: "join" }, ({ key }) => void seen.push(`+${key}`));
  ofAna.on("presence", { event: "leave" }, ({ key }) => void seen.push(`-${key}`));
  ofBob.on("presence", { event: "sync" }, () => {});
  await Promise.all([subscribe(ofAna), subscribe(ofBob)]);
  await ofAna.track({ state: "online" });
  await ofBob.track({ state: "online" });
  await until(() => seen.length === 2);
  assert.deepEqual(Object.keys(ofAna.presenceState()).sort(), ["agent-0", "agent-1"]);
  await ofBob.untrack();
  await until(() => seen.length === 3);
  assert.deepEqual(seen, ["+agent-0", "+agent-1", "-agent-1"]);
  await bob.removeAllChannels();
});

Deno.test("startRealtime() replays stored messages to who joins later, oldest first", options, async () => {
  const since = Date.now() - 1000;
  for (const number of [1, 2, 3]) {
    await owner`select realtime.send(${owner.json({ number })}, 'numbered', 'room:ana:open')`;
  }
  const client = await connect("ana");
  const channel = client.channel("room:ana:open", {
    config: { private: true, broadcast: { replay: { since, limit: 2 } } },
  });
  const heard = collect(channel);
  await subscribe(channel);
  await until(() => heard.length === 2);
  assert.deepEqual(heard.map(({ payload }) => (payload as { number: number }).number), [2, 3]);
  assert.equal(heard[0]?.meta?.replayed, true);
});

Deno.test(
  "startRealtime() ends a private topic when the token ends, and when a new one may not read",
  options,
  async () => {
    const [brief, changing] = [await connect("ana", 2), await connect("ana")];
    const ended = brief.channel("room:ana", { config: { private: true } });
    const lost = changing.channel("room:ana", { config: { private: true } });
    const closed: string[] = [];
    await Promise.all([subscribe(ended), subscribe(lost)]);
    ended.on("system", {}, ({ message }) => void closed.push(message));
    lost.on("system", {}, ({ message }) => void closed.push(message));
    await changing.realtime.setAuth(await tokenOf("eva"));
    await until(() => closed.length === 1);
    assert.match(closed[0] ?? "", /permissions/);
    await until(() => closed.length === 2);
    assert.match(closed[1] ?? "", /Token has expired/);
  },
);

Deno.test("startRealtime() refuses forged and expired tokens and unknown keys", options, async () => {
  const forged = await new SignJWT({ role: "service_role", exp: 4e9 }).setProtectedHeader({ alg: "HS256" })
    .sign(new TextEncoder().encode("another secret, long enough for HS256"));
  const socketUrl = gateway.url.replace("http", "ws") + "/realtime/v1/websocket?vsn=2.0.0&apikey=";
  const outcomes = await Promise.all([forged, "sb_secret_guess", ""].map((key) =>
    new Promise((resolve) => {
      const socket = new WebSocket(socketUrl + key);
      socket.onopen = () => resolve("open");
      socket.onerror = () => resolve("refused");
    })
  ));
  assert.deepEqual(outcomes, ["refused", "refused", "refused"]);
  const client = await connect();
  await client.realtime.setAuth(forged);
  const { reason } = await subscribe(client.channel("room:x", { config: { private: true } }));
  assert.match(reason, /JwtSignatureError: Failed to validate JWT signature/);
});

Deno.test("startRealtime() takes broadcasts by REST", options, async () => {
  const listener = (await connect("ana")).channel("room:ana:open", { config: { private: true } });
  const heard = collect(listener);
  await subscribe(listener);
  const writer = (await connect("ana")).channel("room:ana:open", { config: { private: true } });
  const sent = await writer.httpSend("by-rest", { number: 7 });
  await until(() => heard.length === 1);
  assert.equal(sent.success, true);
  assert.deepEqual(heard[0]?.payload, { number: 7 });
  const wrong = await fetch(`${gateway.url}/realtime/v1/api/broadcast`, {
    method: "POST",
    headers: { apikey: keys.secret_key },
    body: "{",
  });
  assert.equal(wrong.status, 422);
});

Deno.test(
  "startRealtime() speaks version 1.0.0, and lets a topic be left and joined again",
  options,
  async () => {
    const socket = new WebSocket(
      `${gateway.url.replace("http", "ws")}/realtime/v1/websocket?apikey=${keys.publishable_key}`,
    );
    const frames: { event: string; ref: string | null; payload: { status?: string } }[] = [];
    socket.onmessage = ({ data }) => void frames.push(JSON.parse(data));
    await new Promise((go) => socket.onopen = go);
    const say = (event: string, ref: string) =>
      socket.send(JSON.stringify({ topic: "realtime:old", event, payload: {}, ref, join_ref: "1" }));
    say("phx_join", "1");
    say("phx_leave", "2");
    say("phx_join", "3");
    socket.send(JSON.stringify({ topic: "phoenix", event: "heartbeat", payload: {}, ref: "4" }));
    await until(() => frames.some((frame) => frame.ref === "4"));
    assert.deepEqual(
      frames.filter((frame) => frame.event === "phx_reply").map((frame) => [frame.ref, frame.payload.status]),
      [["1", "ok"], ["2", "ok"], ["3", "ok"], ["4", "ok"]],
    );
    socket.close();
  },
);
