import assert from "node:assert/strict";
import { startSchedules } from "./schedules.ts";

interface Call {
  path: string;
  apikey: string | null;
  answer: (status: number) => void;
}

/** Starts schedules whose timer is moved by hand. */
function start() {
  const calls: Call[] = [];
  const said: string[] = [];
  let tick = () => {};
  const schedules = startSchedules({
    call: (request) =>
      new Promise((resolve) => {
        const answer = (status: number) => resolve(new Response(null, { status }));
        calls.push({ path: new URL(request.url).pathname, apikey: request.headers.get("apikey"), answer });
      }),
    apiUrl: "http://127.0.0.1:1",
    automationsKey: "sb_secret_automations",
    everySeconds: 5,
    say: (line) => void said.push(line),
    repeat: (run, everyMs) => {
      assert.equal(everyMs, 5000);
      tick = run;
      return () => {};
    },
  });
  return { calls, said, schedules, tick: () => tick() };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

Deno.test("startSchedules() calls both functions with the named key, and doubles no call under way", async () => {
  const { calls, tick } = start();
  tick();
  tick();
  assert.deepEqual(calls.map((call) => call.path), [
    "/functions/v1/process-pending",
    "/functions/v1/run-jobs",
  ]);
  assert.ok(calls.every((call) => call.apikey === "sb_secret_automations"));
  calls[0]?.answer(202);
  await settled();
  tick();
  assert.equal(calls[2]?.path, "/functions/v1/process-pending");
});

Deno.test("startSchedules() says once that a call fails, until it works again", async () => {
  const { calls, said, tick } = start();
  for (const status of [500, 500, 202, 500]) {
    tick();
    calls.splice(0).forEach((call) => call.answer(call.path.endsWith("run-jobs") ? 202 : status));
    await settled();
  }
  assert.equal(said.length, 2);
  assert.match(said[0] ?? "", /process-pending failed with 500/);
});
