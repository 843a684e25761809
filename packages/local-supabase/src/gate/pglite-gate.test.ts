import assert from "node:assert/strict";
import postgres from "postgres";
import { openPglite } from "./open-pglite.ts";
import { startGate } from "./pglite-gate.ts";
import { int32, join, message } from "./wire.ts";

const database = await openPglite();
await database.exec("create role reader; create role writer; grant reader, writer to supabase_admin");
await database.exec("create table public.notes (id int primary key, by text default current_user)");
await database.exec("grant all on public.notes to reader, writer");
await database.exec("create role postgres login createrole; grant all on public.notes to postgres");
const gate = await startGate(database, { silenceLimitMs: 4_000 });

function connect(options: postgres.Options<Record<string, never>> = {}, user = "supabase_admin") {
  return postgres(`postgres://${user}@127.0.0.1:${gate.port}/postgres`, {
    max: 1,
    onnotice: () => {},
    ...options,
  });
}

Deno.test("startGate() keeps roles and transactions of concurrent clients apart", async () => {
  const pools = ["reader", "writer"].map((role) => ({ role, sql: connect({ max: 4 }) }));
  let mixed = 0;
  await Promise.all(
    pools.flatMap(({ role, sql }, pool) =>
      Array.from({ length: 60 }, (_, index) =>
        sql.begin(async (transaction) => {
          await transaction.unsafe(`set local role ${role}`);
          await transaction`insert into public.notes (id) values (${pool * 1000 + index})`;
          const [row] = await transaction`select current_user::text as role`;
          if (row?.role !== role) mixed++;
          if (index % 3 === 0) throw new Error("rolled back on purpose");
        }).catch((error: Error) => assert.match(error.message, /on purpose/)))
    ),
  );
  const rows = await pools[0]!.sql`select by, count(*)::int from public.notes group by by order by by`;
  assert.equal(mixed, 0);
  assert.deepEqual(rows.map((row) => [row.by, row.count]), [["reader", 40], ["writer", 40]]);
  await pools[0]!.sql`truncate public.notes`;
  await Promise.all(pools.map(({ sql }) => sql.end()));
});

Deno.test("startGate() lets clients use equal names for different prepared statements", async () => {
  const clients = Array.from({ length: 3 }, () => connect({ prepare: true }));
  for (let round = 0; round < 5; round++) {
    const values = await Promise.all(
      clients.map((sql, index) =>
        index === 0 ? sql`select ${7}::int as value` : sql`select ${`text ${index}`}::text as value`
      ),
    );
    assert.deepEqual(values.map((rows) => rows[0]?.value), [7, "text 1", "text 2"]);
  }
  await Promise.all(clients.map((sql) => sql.end()));
});

Deno.test("startGate() rolls back what a vanished client left open", async () => {
  const other = connect();
  const vanishing = await insertInOpenTransaction();
  const waiting = other`select count(*)::int from public.notes`;
  vanishing.close();
  const [row] = await waiting;
  assert.equal(row?.count, 0);
  await other.end();
});

Deno.test("startGate() ends a client that holds the database in silence", async () => {
  const silent = await insertInOpenTransaction();
  const other = connect();
  const [row] = await other`select count(*)::int from public.notes`;
  assert.equal(row?.count, 0);
  silent.close();
  await other.end();
});

Deno.test("startGate() forgets what a client set for its session", async () => {
  const [first, second] = [connect(), connect({ connection: { TimeZone: "Asia/Tokyo" } })];
  await first`select set_config('search_path', 'nowhere', false)`;
  await first`set role reader`;
  const [seen] = await second`
    select current_user::text as role, current_setting('search_path') as path, current_setting('TimeZone') as zone`;
  assert.deepEqual({ ...seen }, { role: "supabase_admin", path: "public", zone: "Asia/Tokyo" });
  await first.end();
  await second.end();
});

Deno.test("startGate() gives each client the user it asked for", async () => {
  const [superuser, user] = [connect(), connect({}, "postgres")];
  const [one] = await superuser`select session_user::text as name`;
  const [two] = await user`select session_user::text as name`;
  assert.deepEqual([one?.name, two?.name], ["supabase_admin", "postgres"]);
  await assert.rejects(user`create role forbidden superuser`, { code: "42501" });
  const stranger = connect({}, "nobody_known");
  await assert.rejects(stranger`select 1`, /does not exist/);
  await Promise.all([superuser.end(), user.end(), stranger.end()]);
});

Deno.test("startGate() delivers notifications to those who listen, and to no one else", async () => {
  const [listener, deaf, sender] = [connect(), connect(), connect()];
  const heard: string[] = [];
  const { unlisten } = await listener.listen("Some_Channel", (payload) => void heard.push(payload));
  await Promise.all(
    Array.from({ length: 10 }, (_, index) => sender.notify("Some_Channel", `n${index}`)),
  );
  await deaf`select 1`;
  await until(() => heard.length === 10);
  assert.deepEqual(heard.toSorted(), Array.from({ length: 10 }, (_, index) => `n${index}`));
  await unlisten();
  await Promise.all([listener.end(), deaf.end(), sender.end()]);
});

Deno.test("startGate() passes messages of many megabytes", async () => {
  const sql = connect();
  const text = "ñ".repeat(6_000_000);
  const [row] = await sql`select ${text}::text as text, length(${text}::text) as length`;
  assert.equal(row?.length, 6_000_000);
  assert.equal(row?.text, text);
  await sql.end();
});

Deno.test("startGate() refuses COPY FROM STDIN and goes on", async () => {
  const sql = connect();
  await assert.rejects(sql.unsafe("copy public.notes from stdin"), { code: "0A000" });
  const [row] = await sql`select 1 as one`;
  assert.equal(row?.one, 1);
  await sql.end();
});

Deno.test("startGate() answers an SSL request and drops a cancel request", async () => {
  const connection = await Deno.connect({ hostname: "127.0.0.1", port: gate.port });
  await connection.write(new Uint8Array([0, 0, 0, 8, 4, 210, 22, 47]));
  const answer = new Uint8Array(1);
  await connection.read(answer);
  await connection.write(new Uint8Array([0, 0, 0, 16, 4, 210, 22, 46, 0, 0, 0, 1, 0, 0, 0, 0]));
  assert.equal(String.fromCharCode(answer[0]!), "N");
  assert.equal(await connection.read(new Uint8Array(1)), null);
  connection.close();
});

Deno.test("startGate() ends a connection that breaks the protocol, and only that one", async () => {
  const sql = connect();
  const connection = await Deno.connect({ hostname: "127.0.0.1", port: gate.port });
  await connection.write(new Uint8Array([255, 255, 255, 255, 0, 3, 0, 0]));
  assert.equal(await connection.read(new Uint8Array(1)), null);
  connection.close();
  const [row] = await sql`select 1 as one`;
  assert.equal(row?.one, 1);
  await sql.end();
});

Deno.test("Gate.stop() ends open connections and closes the database", async () => {
  const sql = connect();
  await sql`select 1`;
  await gate.stop();
  await assert.rejects(sql`select 1`);
  assert.equal(database.closed, true);
});

Deno.test("startGate() tells when PGlite broke, instead of hanging", async () => {
  const broken = Promise.withResolvers<Error>();
  const other = await startGate(await openPglite(), { onBroken: broken.resolve });
  const sql = postgres(`postgres://supabase_admin@127.0.0.1:${other.port}/postgres`, { max: 1 });
  await sql`create function public.deep(i int) returns int language plpgsql as 'begin return public.deep(i + 1); end'`;
  await assert.rejects(sql`select public.deep(1)`);
  assert.match((await broken.promise).message, /Cannot go on with PGlite/);
  await sql.end({ timeout: 0 });
  await other.stop();
});

/** A client without a driver: postgres.js does not expect its own disappearance. */
async function insertInOpenTransaction(): Promise<Deno.TcpConn> {
  const connection = await Deno.connect({ hostname: "127.0.0.1", port: gate.port });
  const parameters = new TextEncoder().encode("user\0supabase_admin\0database\0postgres\0\0");
  await connection.write(join([int32(8 + parameters.length), int32(196608), parameters]));
  await connection.write(message("Q", "begin; insert into public.notes (id) values (1)"));
  await connection.read(new Uint8Array(4096));
  return connection;
}

async function until(isTrue: () => boolean): Promise<void> {
  for (let tries = 0; !isTrue() && tries < 200; tries++) await new Promise((go) => setTimeout(go, 10));
}
