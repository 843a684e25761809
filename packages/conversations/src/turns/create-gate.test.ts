import assert from "node:assert/strict";
import { createGate } from "./create-gate.ts";

Deno.test("createGate() lets no more than its size in, and the urgent first", async () => {
  const gate = createGate(2);
  const order: string[] = [];
  const ends: (() => void)[] = [];
  const enter = (name: string, urgency: "urgent" | "patient") =>
    gate.run(urgency, () => {
      order.push(name);
      return new Promise<void>((resolve) => ends.push(resolve));
    });
  const all = [enter("a", "patient"), enter("b", "patient"), enter("c", "patient"), enter("d", "urgent")];
  assert.deepEqual(order, ["a", "b"]);
  ends[0]?.();
  await all[0];
  await Promise.resolve();
  assert.deepEqual(order, ["a", "b", "d"]);
  ends[1]?.();
  await all[1];
  await Promise.resolve();
  assert.deepEqual(order, ["a", "b", "d", "c"]);
  for (const end of ends) end();
  await Promise.all(all);
});

Deno.test("createGate() gives its room back when the work fails", async () => {
  const gate = createGate(1);
  await assert.rejects(gate.run("patient", () => Promise.reject(new Error("no"))));
  assert.equal(await gate.run("patient", () => Promise.resolve(1)), 1);
});
