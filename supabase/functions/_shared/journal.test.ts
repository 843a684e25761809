import assert from "node:assert/strict";
import { openJournal } from "./journal.ts";

function openTestJournal() {
  let now = 1_000_000;
  const lines: string[] = [];
  const planned: { ms: number; action: () => void }[] = [];
  const journal = openJournal({
    write: (line) => lines.push(line),
    nowMs: () => now,
    later(ms, action) {
      planned.push({ ms, action });
      return () => {};
    },
  });
  return { journal, lines, planned, pass: (ms: number) => void (now += ms) };
}

Deno.test("openJournal() writes 50 lines in 10 s and sums up the rest, errors always", () => {
  const { journal, lines, pass } = openTestJournal();
  for (let request = 0; request < 1_000; request++) {
    journal.write("info", "request", {
      function: "webhook",
      status: request % 100 === 0 ? 401 : 200,
      ms: request,
    });
  }
  for (let failure = 0; failure < 30; failure++) journal.write("error", "turn_failed", { code: "x" });
  assert.equal(lines.length, 80);
  assert.ok(lines.slice(50).every((line) => JSON.parse(line).level === "error"));

  pass(10_001);
  journal.write("info", "request", { function: "webhook", status: 200, ms: 1 });
  const summaries = lines.slice(80, -1).map((line) => JSON.parse(line));
  assert.deepEqual(
    summaries.map(({ event, of, function: name, status, count, ms_max }) => ({
      event,
      of,
      name,
      status,
      count,
      ms_max,
    })),
    [
      { event: "summary", of: "request", name: "webhook", status: 200, count: 941, ms_max: 999 },
      { event: "summary", of: "request", name: "webhook", status: 401, count: 9, ms_max: 900 },
    ],
  );
});

Deno.test("openJournal() keeps each line shorter than hosts cut", () => {
  const { journal, lines } = openTestJournal();
  journal.write("error", "bug", { frames: "x".repeat(50_000), tenant: "t1", cause: "y".repeat(50_000) });
  const line = lines[0] ?? "";
  assert.ok(line.length < 10_000);
  const { event, tenant, is_shortened } = JSON.parse(line);
  assert.deepEqual({ event, tenant, is_shortened }, { event: "bug", tenant: "t1", is_shortened: true });
});

Deno.test("openJournal() tells what it summed up although nothing more happens", () => {
  const { journal, lines, pass, planned } = openTestJournal();
  for (let line = 0; line < 60; line++) journal.write("info", "turn", { outcome: "committed", ms: 5 });
  assert.deepEqual([lines.length, planned.map(({ ms }) => ms)], [50, [10_000]]);

  pass(10_000);
  planned[0]?.action();

  const { event, of, status, count, ms_total } = JSON.parse(lines.at(-1) ?? "");
  assert.deepEqual({ event, of, status, count, ms_total }, {
    event: "summary",
    of: "turn",
    status: "committed",
    count: 10,
    ms_total: 50,
  });
});

Deno.test("openJournal() tells at its end what was summed up", () => {
  const { journal, lines } = openTestJournal();
  for (let request = 0; request < 60; request++) journal.write("info", "request", { status: 200, ms: 1 });
  journal.end();
  assert.deepEqual(lines.slice(50).map((line) => JSON.parse(line).count), [10]);
  journal.end();
  assert.equal(lines.length, 51, "and only once");
});
