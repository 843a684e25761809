import assert from "node:assert/strict";
import { backgroundEnded, runInBackground } from "./background.ts";
import { readConfig } from "./config.ts";
import { openWaker } from "./wake.ts";

const settings = readConfig({
  SUPABASE_DB_URL: "postgresql://localhost/none",
  SUPABASE_URL: "http://127.0.0.1:54321",
  SUPABASE_SECRET_KEYS: JSON.stringify({ default: "sb_secret_a", automations: "sb_secret_b" }),
  SECRETS_KEYS: "k1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
});

Deno.test("openWaker() posts to its function with the key of automations", async () => {
  for (const worker of ["process-pending", "run-jobs"] as const) {
    const requests: Request[] = [];
    const waker = openWaker(settings, worker, (input, init) => {
      requests.push(new Request(input, init));
      return Promise.resolve(new Response(null, { status: 202 }));
    });
    await waker.at(new Date());
    assert.equal(requests.length, 1);
    assert.equal(requests[0]?.url, `http://127.0.0.1:54321/functions/v1/${worker}`);
    assert.equal(requests[0]?.headers.get("apikey"), "sb_secret_b");
  }
});

Deno.test("backgroundEnded() waits for what runs after the response, failed or not", async () => {
  const ended: string[] = [];
  runInBackground(Promise.resolve().then(() => ended.push("first")));
  runInBackground(Promise.reject(new Error("already reported")));
  await backgroundEnded();
  assert.deepEqual(ended, ["first"]);
});
