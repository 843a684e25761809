import assert from "node:assert/strict";
import type { WorkPorts } from "../turns/work-ports.ts";
import { defaultWorkSettings } from "../turns/work-settings.ts";
import { type ManualTimers, manualTimers } from "./manual-timers.ts";
import { processDueWork } from "./process-due-work.ts";

/** Ports whose database has nothing for anybody, and says when the next row is due. */
function emptyPorts(timers: ManualTimers, nextDueAtMs: () => number | null) {
  const claimedAt: number[] = [];
  const ports: Partial<WorkPorts> = {
    timers,
    settings: defaultWorkSettings,
    database: {
      withRouter: () => {
        claimedAt.push(timers.now());
        const dueAtMs = nextDueAtMs();
        const claim = {
          lease_token: crypto.randomUUID(),
          work: [],
          has_more: false,
          next_due_in_ms: dueAtMs === null ? null : dueAtMs - timers.now(),
        };
        return Promise.resolve([{ claim }] as never);
      },
    } as Partial<WorkPorts["database"]> as WorkPorts["database"],
  };
  return { ports: ports as WorkPorts, claimedAt };
}

Deno.test("processDueWork() sleeps until work that is soon due is due, and claims no more before", async () => {
  const timers = manualTimers();
  let dueAtMs: number | null = 500;
  const { ports, claimedAt } = emptyPorts(timers, () => dueAtMs);
  const run = processDueWork(ports);
  await timers.advance(499);
  assert.deepEqual(claimedAt, [0]);
  dueAtMs = null;
  await timers.advance(1);
  assert.deepEqual(claimedAt, [0, 500]);
  assert.deepEqual(await run.claimed, { lookAgainInMs: null });
});

Deno.test("processDueWork() claims at once when it is nudged while it sleeps", async () => {
  const timers = manualTimers();
  const { ports, claimedAt } = emptyPorts(timers, () => 900);
  const run = processDueWork(ports);
  await timers.advance(100);
  run.nudge();
  await timers.advance(1);
  assert.deepEqual(claimedAt, [0, 100]);
  await timers.advance(798);
  assert.deepEqual(claimedAt, [0, 100]);
});

Deno.test("processDueWork() ends when nothing is due soon, and says when to look again", async () => {
  const timers = manualTimers();
  const { ports, claimedAt } = emptyPorts(timers, () => 30_000);
  assert.deepEqual(await processDueWork(ports).claimed, { lookAgainInMs: 30_000 });
  assert.deepEqual(claimedAt, [0]);
});
