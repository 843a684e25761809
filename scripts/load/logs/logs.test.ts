/** What the product's log says of a whole run, and what it must never say. */
import assert from "node:assert/strict";
import { z } from "zod";
import { startFunctions } from "../../stage/functions-process.ts";
import { app } from "../../stage/tenants.ts";
import { startReadingModel } from "../play/reading-model.ts";
import { pause, phoneOf, startProduct } from "../play/start-product.ts";
import { untilQuiet } from "../play/until-quiet.ts";

const line = z.looseObject({
  at: z.iso.datetime(),
  level: z.enum(["info", "warn", "error"]),
  event: z.string(),
});
const name = "Maximiliano Ñandubay";
const word = "zarzaparrilla";

Deno.test("a whole run leaves lines that lead from webhook to turn to send, and no text, phone, name or key", async () => {
  const folder = await Deno.makeTempDir();
  const logFile = `${folder}/functions.log`;
  const model = startReadingModel({ say: () => `¡Hola! Tenemos ${word}` });
  const product = await startProduct({
    tenants: 2,
    debounce: { ms: 200, maxMs: 1_000 },
    tenantSettings: model.settings,
    settings: { ...model.environment, LEASE_SECONDS: "5", SEND_DEADLINE_SECONDS: "2", SILENCE_SECONDS: "3" },
  });
  const { stage } = product;
  const { simulator, tenants } = stage;
  try {
    await product.functions.stop();
    product.functions = await startFunctions(stage, { logFile });
    const people = Array.from({ length: 120 }, (_, person) => phoneOf(person));
    const write = (phone: string, index: number) =>
      simulator.customer(phone, tenants[index % 2]?.phoneNumberId).say(`quiero ${word}, soy ${phone}`, {
        profile_name: name,
      });
    await write(people[0] ?? "", 0);
    await untilQuiet(product, 60_000);
    await simulator.faults({
      status_5xx: { rate: 0.1 },
      reset_after_accept: { rate: 0.1 },
      error: { next: 3 },
      error_code: 131026,
      timeout_ms: 3_000,
    });
    await Promise.all(people.slice(1).map(write));
    await tryEverything(stage.functionsUrl, simulator);
    await untilQuiet(product, 120_000);
    await product.functions.stop();
    await pause(200);

    const text = await Deno.readTextFile(logFile);
    for (const secret of [...secretsOf(stage), ...people, name, "Maximiliano", word, "wamid."]) {
      assert.equal(text.includes(secret), false, `the log holds "${secret}"`);
    }
    const lines = text.trimEnd().split("\n");
    assert.ok(lines.every((each) => each.length < 10_000));
    const events = lines.map((each) => line.parse(JSON.parse(each)));
    checkChain(events);
    checkRate(events);
  } finally {
    await product.stop();
    await model.stop();
    await Deno.remove(folder, { recursive: true });
  }
});

type Line = z.infer<typeof line>;

/** The first customer's message, from the request that brought it to the POST that answered it. */
function checkChain(events: Line[]): void {
  const request = events.find((each) => each.event === "request" && each.messages !== undefined);
  const turn = events.find((each) => each.event === "turn" && each.messages === request?.messages);
  const send = events.find((each) => each.event === "send" && each.message === turn?.message);
  assert.match(String(request?.messages), /^[0-9a-f]{16}$/);
  assert.deepEqual([turn?.outcome, turn?.decision], ["committed", "auto_answer"]);
  assert.equal(send?.outcome, "accepted");
  assert.deepEqual([send?.tenant, send?.session], [turn?.tenant, turn?.session]);
  for (const each of [request, turn, send]) assert.equal(typeof each?.ms, "number");
}

/** Hosts take 100 lines in 10 seconds; what is routine keeps to half of it. */
function checkRate(events: Line[]): void {
  const times = events.filter((each) => each.level === "info").map((each) => Date.parse(each.at));
  for (const [index, at] of times.entries()) {
    const within = times.slice(index).filter((each) => each - at < 10_000).length;
    assert.ok(within <= 100, `${within} lines in 10 s`);
  }
  assert.ok(events.some((each) => each.event === "summary"), "a busy time was summed up");
}

/** What strangers and broken callers send must not come back in the log either. */
async function tryEverything(
  functionsUrl: string,
  simulator: { call(method: string, path: string, body?: unknown): Promise<unknown> },
): Promise<void> {
  const body = {
    object: "whatsapp_business_account",
    entry: [{ id: word, changes: [{ field: name, value: {} }] }],
  };
  for (const signature of ["wrong", "none", "good"]) {
    await simulator.call("POST", "/webhooks", { app_id: app.appId, body, signature });
    await simulator.call("POST", "/webhooks", { app_id: app.appId, text: `{"${word}": ${name}`, signature });
  }
  for (const path of ["process-pending", "run-jobs", `health?name=${word}`]) {
    const response = await fetch(`${functionsUrl}/${path}`, { method: "POST", headers: { apikey: word } });
    await response.body?.cancel();
  }
}

function secretsOf(stage: Parameters<typeof startFunctions>[0]): string[] {
  const sealing = stage.environment.SECRETS_KEYS?.split(":")[1] ?? "";
  const database = new URL(stage.database.url).password;
  const tokens = stage.tenants.map((tenant) => tenant.accessToken);
  const known = [app.secret, app.verifyToken, stage.secretKey, sealing, database, ...tokens];
  return known.filter((secret) => secret.length > 7);
}
