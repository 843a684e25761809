import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { startWorld } from "./testing.ts";

const config = fileURLToPath(new URL("../../../deno.json", import.meta.url));
const workerFile = fileURLToPath(
  new URL("./testing/frozen-worker.ts", import.meta.url),
);

Deno.test("a worker that was stopped beyond its lease posts nothing when it goes on", async () => {
  const world = await startWorld();
  const tenant = await world.makeTenant();
  const session = await world.write(tenant, "5491100000001", "hola", {
    needsAnswer: false,
  });
  await world.look(tenant, (sql) =>
    sql`with queued as (
        insert into messages (session_id, config_id, direction, sender_type, type, content, status)
        values (${session}::uuid, ${tenant.configId}::uuid, 'outbound', 'agent', 'text', 'hola', 'queued')
      )
      insert into private.due_work (tenant_id, schema_name, session_id, work, due_at)
      values (tenant_id(), ${tenant.schemaName}, ${session}::uuid, 'delivery', now())`);
  const posts: string[] = [];
  const provider = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen() {} },
    (request) => {
      posts.push(request.url);
      return new Response();
    },
  );
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-A",
      "--no-check",
      "--config",
      config,
      workerFile,
      world.url,
      "3",
      String(provider.addr.port),
    ],
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const output = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let said = "";
  const until = async (word: string) => {
    while (!said.includes(word)) {
      const { done, value } = await output.read();
      if (done) throw new Error(`The worker ended after "${said}"`);
      said += value;
    }
  };

  await until("claimed");
  child.kill("SIGSTOP");
  // The lease is 4 s; somebody else may have it once it has run out.
  await world.look(tenant, (sql) => sql`select pg_sleep(4.2)`);
  child.kill("SIGCONT");
  await until("ended");
  await child.status;

  assert.deepEqual(posts, []);
  const [message] = await world.look(
    tenant,
    (sql) =>
      sql`select status, attempts, error ->> 'reason' as reason from messages where direction = 'outbound'`,
  );
  assert.deepEqual({ ...message }, {
    status: "queued",
    attempts: 0,
    reason: "too_late",
  });
  await output.cancel();
  await provider.shutdown();
  await world.stop();
});
