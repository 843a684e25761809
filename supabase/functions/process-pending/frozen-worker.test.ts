import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { startWorld } from "./testing.ts";

const config = fileURLToPath(new URL("../../../deno.json", import.meta.url));
const workerFile = fileURLToPath(
  new URL("./testing/frozen-worker.ts", import.meta.url),
);

/** Where the frozen worker's messages would arrive. */
function startProvider() {
  const posts: string[] = [];
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, (request) => {
    posts.push(request.url);
    return new Response();
  });
  return { posts, port: server.addr.port, stop: () => server.shutdown() };
}

/** Starts the worker; `until` waits for a word of it. */
function startWorker(...args: string[]) {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "--config", config, workerFile, ...args],
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const output = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let said = "";
  return {
    child,
    said: () => said,
    async until(word: string) {
      while (!said.includes(word)) {
        const { done, value } = await output.read();
        if (done) throw new Error(`The worker ended after "${said}"`);
        said += value;
      }
    },
    async stop() {
      await child.status;
      await output.cancel();
    },
  };
}

Deno.test("a worker that was stopped beyond its deadline refuses to send by itself, while the message is still its own", async () => {
  const world = await startWorld();
  const tenant = await world.makeTenant();
  const session = await world.write(tenant, "5491100000001", "hola", { needsAnswer: false });
  await world.look(tenant, (sql) =>
    sql`with queued as (
        insert into messages (session_id, config_id, direction, sender_type, type, content, status)
        values (${session}::uuid, ${tenant.configId}::uuid, 'outbound', 'agent', 'text', 'hola', 'queued')
      )
      insert into private.due_work (tenant_id, schema_name, session_id, work, due_at)
      values (tenant_id(), ${tenant.schemaName}, ${session}::uuid, 'delivery', now())`);
  const provider = startProvider();
  const worker = startWorker(world.url, "3", String(provider.port));

  await worker.until("claimed");
  worker.child.kill("SIGSTOP");
  // The lease of a claimed message is the deadline and a second. Nobody else touches it, so that nothing but the
  // worker's own look at the clock can keep it from posting.
  await world.look(tenant, (sql) => sql`select pg_sleep(4.2)`);
  worker.child.kill("SIGCONT");
  await worker.until("ended");
  await worker.stop();

  assert.deepEqual(provider.posts, []);
  const [message] = await world.look(
    tenant,
    (sql) =>
      sql`select status, attempts, error ->> 'reason' as reason from messages where direction = 'outbound'`,
  );
  assert.deepEqual({ ...message }, { status: "queued", attempts: 0, reason: "too_late" });
  await provider.stop();
  await world.stop();
});

Deno.test("a worker that was stopped beyond its lease is refused the commit of its turn, and the customer reads one answer", async () => {
  const world = await startWorld();
  const tenant = await world.makeTenant();
  await world.write(tenant, "5491100000001", "hola");
  const provider = startProvider();
  const worker = startWorker(world.url, "3", String(provider.port), "2");

  await worker.until("asked");
  worker.child.kill("SIGSTOP");
  await world.look(tenant, (sql) => sql`select pg_sleep(2.5)`);
  const other = world.worker();
  await other.run();
  assert.equal(other.posts.length, 1, "somebody else took the conversation over");
  const committed = async () => {
    const turns = await world.look(
      tenant,
      (sql) => sql<{ id: string }>`select id from turns where status = 'committed' order by created_at`,
    );
    return turns.map(({ id }) => id);
  };
  const [theirs, ...more] = await committed();
  assert.equal(more.length, 0);

  worker.child.kill("SIGCONT");
  await worker.until("ended");
  await worker.stop();
  assert.match(worker.said(), /turn (superseded|lost)/);
  assert.deepEqual(await committed(), [theirs], "what the frozen one decided was not committed");
  const replies = await world.look(
    tenant,
    (sql) => sql<{ content: string }>`select content from messages where direction = 'outbound'`,
  );
  assert.equal(replies.length, 1);
  assert.notEqual(replies[0]?.content, "de quien estuvo congelado");
  assert.deepEqual(provider.posts, []);
  await provider.stop();
  await world.stop();
});
