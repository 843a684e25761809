import assert from "node:assert/strict";
import { openLanes } from "./lanes.ts";

/** Lanes whose work ends when told to; tells the names of connections in the order in which they were used. */
function stage(names: string[]) {
  const lanes = openLanes(names);
  const used: string[] = [];
  const running: { end(): void; ended: Promise<void> }[] = [];
  function start(key: string, kind: "call" | "transaction") {
    let end = () => {};
    const ended = lanes.run(key, kind, (name) => {
      used.push(name);
      return new Promise<void>((resolve) => end = resolve);
    });
    running.push({ end, ended });
    return { end, ended };
  }
  const endAll = () => Promise.all(running.map(({ end, ended }) => (end(), ended)));
  return { start, used, endAll };
}

Deno.test("openLanes() keeps each tenant to its connection, and gives connections to tenants in turn", async () => {
  const { start, used, endAll } = stage(["one", "two"]);
  for (const key of ["a", "b", "c", "a", "b", "a"]) {
    const { end, ended } = start(key, "call");
    end();
    await ended;
  }
  assert.deepEqual(used, ["one", "two", "one", "one", "two", "one"]);
  await endAll();
});

Deno.test("openLanes() takes a free connection for a transaction whose own one is busy", async () => {
  const { start, used, endAll } = stage(["one", "two"]);
  for (let times = 0; times < 3; times++) start("a", "transaction");
  assert.deepEqual(used, ["one", "two", "one"]);
  await endAll();
});

Deno.test("openLanes() lets some calls wait in turn, and gives the rest to who has less to do", async () => {
  const { start, used, endAll } = stage(["one", "two"]);
  for (let times = 0; times < 6; times++) start("a", "call");
  assert.deepEqual(used, [...Array(4).fill("one"), "two", "one"]);
  await endAll();
});

Deno.test("openLanes() has a connection free again after work that failed", async () => {
  const lanes = openLanes(["one", "two"]);
  await assert.rejects(lanes.run("a", "transaction", () => Promise.reject(new Error("no"))), /no/);
  assert.equal(await lanes.run("a", "transaction", (name) => Promise.resolve(name)), "one");
});
