import assert from "node:assert/strict";
import postgres from "postgres";
import { eachMessage } from "./messages.ts";
import { openPglite } from "./open-pglite.ts";
import { startGate } from "./pglite-gate.ts";
import { int32, join, message } from "./wire.ts";

const database = await openPglite();
await database.exec("create table public.kept (id int primary key, by text)");
const gate = await startGate(database, { silenceLimitMs: 1_000 });
const zero = new Uint8Array(1);
const sync = message("S");
const query = (text: string) => message("Q", text);
const extended = (text: string) => [
  message("P", "", text, new Uint8Array(2)),
  message("B", "", "", new Uint8Array(6)),
  message("D", new Uint8Array(["P".charCodeAt(0)]), ""),
  message("E", "", int32(0)),
];

function startup(): Uint8Array {
  const parameters = new TextEncoder().encode("user\0supabase_admin\0database\0postgres\0\0");
  return join([int32(8 + parameters.length), int32(196608), parameters]);
}

/** What a driver may send between its startup and its end, with as many answers as it then waits for. */
const talks: [bytes: Uint8Array[], ready: number][] = [
  [[query("begin"), ...extended("select 1"), sync, query("commit")], 3],
  [[query("begin"), query("insert into public.kept values (-1, 'x')"), query("rollback")], 3],
  // The error comes before the sync is even sent.
  [[query("begin"), ...extended("select 1 / 0"), message("H"), sync, query("rollback")], 3],
  [[...extended("select nonsense"), message("H"), ...extended("select 2"), sync, query("select 3")], 2],
  [[query("begin; select 1; select 1 / 0; select 2"), query("rollback")], 2],
  [[message("P", "named", "select 4", new Uint8Array(2)), message("H"), sync, query("")], 2],
  // A portal that is read a row at a time and left.
  [[
    query("begin"),
    message("P", "", "select generate_series(1, 100)", new Uint8Array(2)),
    message("B", "portal", "", new Uint8Array(6)),
    message("E", "portal", int32(7)),
    message("H"),
    message("E", "portal", int32(7)),
    sync,
    query("commit"),
  ], 3],
  [[query("select repeat('x', 1000) from generate_series(1, 500)")], 1],
];

/** The same numbers each time, so that what was found once is found again. */
function startDice(seed: number) {
  let state = seed;
  return (sides: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

/** Sends a talk in pieces, whose borders know nothing of messages, and leaves after `leavesAt` bytes. */
async function talk(dice: (sides: number) => number, pieces: Uint8Array[], isLeaving: boolean) {
  const connection = await Deno.connect({ hostname: "127.0.0.1", port: gate.port });
  const bytes = join([startup(), ...pieces]);
  const end = isLeaving ? dice(bytes.length) : bytes.length;
  const heard: Uint8Array[] = [];
  const hearing = (async () => {
    for (;;) {
      const chunk = new Uint8Array(65_536);
      const count = await connection.read(chunk).catch(() => null);
      if (count === null) return;
      heard.push(chunk.subarray(0, count));
    }
  })();
  const ready = () => [...eachMessage(join(heard))].filter(({ tag }) => tag === "Z".charCodeAt(0)).length;
  for (let at = 0; at < end;) {
    const next = Math.min(end, at + 1 + dice(dice(4) === 0 ? 400 : 40));
    await connection.write(bytes.subarray(at, next)).catch(() => {});
    at = next;
    if (dice(3) === 0) await pause(dice(4));
  }
  return {
    ready,
    async leave() {
      connection.close();
      await hearing;
    },
  };
}

const pause = (ms: number) => new Promise((go) => setTimeout(go, ms));

async function until(isTrue: () => boolean, what: string): Promise<void> {
  for (let tries = 0; !isTrue(); tries++) {
    if (tries > 3000) assert.fail(`${what} after 60 s`);
    await pause(20);
  }
}

Deno.test("whoever stays is answered, whatever those do who leave in the middle", {
  sanitizeResources: false,
}, async () => {
  const sql = postgres(`postgres://supabase_admin@127.0.0.1:${gate.port}/postgres`, {
    max: 3,
    onnotice: () => {},
  });
  let answered = 0;
  let isOver = false;
  const staying = Promise.all(Array.from({ length: 3 }, async (_, who) => {
    for (let round = 0; !isOver; round++) {
      const id = who * 1_000_000 + round;
      const value = await sql.begin(async (transaction) => {
        await transaction`insert into public.kept values (${id}, 'stayed')`;
        const [row] = await transaction`select id from public.kept where id = ${id}`;
        return row?.id;
      });
      assert.equal(value, id);
      answered++;
    }
  }));
  const leaving = Promise.all(Array.from({ length: 5 }, async (_, who) => {
    const dice = startDice(who + 1);
    for (let round = 0; round < 60; round++) {
      const [pieces, answers] = talks[dice(talks.length)]!;
      const isLeaving = dice(3) > 0;
      const said = await talk(dice, pieces, isLeaving);
      // Each cycle has one end, however it was cut; the first is the welcome.
      if (!isLeaving) {
        await until(() => said.ready() === answers + 1, `${said.ready()} of ${answers + 1} answers`);
      }
      await said.leave();
    }
  }));
  await leaving;
  const before = answered;
  await until(() => answered > before + 3, "nobody is answered");
  isOver = true;
  await staying;
  const [kept] =
    await sql`select count(*)::int as rows, count(*) filter (where by <> 'stayed')::int as left from public.kept`;
  assert.deepEqual({ ...kept }, { rows: answered, left: 0 });
  await sql.end();
});

Deno.test("who holds the database and reads nothing of what it tells them is ended, as who is silent", async () => {
  const deaf = await Deno.connect({ hostname: "127.0.0.1", port: gate.port });
  await deaf.write(join([
    startup(),
    query("begin; select repeat('x', 1000000) from generate_series(1, 40)"),
    zero.subarray(1),
  ]));
  await pause(100);
  const sql = postgres(`postgres://supabase_admin@127.0.0.1:${gate.port}/postgres`, { max: 1 });
  const [row] = await sql`select 1 as one`;
  assert.equal(row?.one, 1);
  await sql.end();
  deaf.close();
});

Deno.test("the gate stops while clients are in the middle of everything", async () => {
  const dice = startDice(9);
  const half = await Promise.all(
    talks.map(([pieces]) => talk(dice, pieces.slice(0, -1), true)),
  );
  await gate.stop();
  assert.equal(database.closed, true);
  await Promise.all(half.map(({ leave }) => leave()));
});
