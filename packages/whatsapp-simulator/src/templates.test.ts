import assert from "node:assert/strict";
import { eventually, sendAsBusiness, type TestProduct, textOf, withProduct } from "./test-product.ts";
import { jsonObject } from "./ledger-event.ts";
import type { RunningSimulator } from "../testing.ts";

const PATH = "/v26.0/waba-100/message_templates";
const wanted = {
  name: "visita",
  category: "UTILITY",
  language: "es",
  components: [{
    type: "BODY",
    text: "Hola {{1}}, tu visita es el {{2}}.",
    example: { body_text: [["Ana", "lunes"]] },
  }],
};

Deno.test("answerTemplates() reviews a template before it may be sent, and tells every change", async () => {
  await withProduct(async (simulator, product) => {
    const created = await sendAsBusiness(simulator, wanted, { path: PATH });
    assert.equal(created.body.status, "PENDING");
    assert.equal(await send(simulator, ["Ana", "lunes"]), 132001);

    await review(simulator, "APPROVED");
    await told(product, "APPROVED");
    assert.equal(await send(simulator, ["Ana", "lunes"]), 200);
    assert.equal(await send(simulator, ["Ana"]), 132000);
    assert.equal(await send(simulator, ["Ana", "x".repeat(1_025)]), 132005);

    await review(simulator, "PAUSED", "LOW_QUALITY");
    await told(product, "PAUSED");
    assert.equal(await send(simulator, ["Ana", "lunes"]), 132015);
    await review(simulator, "REJECTED", "INVALID_FORMAT");
    await told(product, "REJECTED");
    assert.equal(await send(simulator, ["Ana", "lunes"]), 132001);
    await review(simulator, "DISABLED");
    assert.equal(await send(simulator, ["Ana", "lunes"]), 132016);

    const [first] = product.received.map((webhook) => webhook.value).filter((value) =>
      value.event === "PAUSED"
    );
    assert.deepEqual(
      [first?.message_template_id, first?.message_template_name, first?.reason, first?.metadata],
      [Number(created.body.id), "visita", "LOW_QUALITY", undefined],
    );
  });
});

Deno.test("answerTemplates() approves by itself when told to, lists in pages, and forgets", async () => {
  await withProduct(async (simulator, product) => {
    await simulator.settings({ template_review_ms: 20 });
    for (const name of ["uno", "dos"]) await sendAsBusiness(simulator, { ...wanted, name }, { path: PATH });
    await eventually(
      "both approvals",
      () => product.received.filter((webhook) => webhook.value.event === "APPROVED").length === 2,
    );
    const page = await get(simulator, `${PATH}?limit=2`);
    assert.equal(jsonObject.array().parse(page.data).length, 2);
    const next = new URL(String(Object(page.paging).next));
    const rest = await get(simulator, `${next.pathname}${next.search}`);
    assert.equal(jsonObject.array().parse(rest.data).length, 1);

    const gone = await fetch(`${simulator.graphUrl}${PATH}?name=uno`, {
      method: "DELETE",
      headers: { authorization: "Bearer token" },
    });
    assert.equal(gone.status, 200);
    await gone.body?.cancel();
    assert.equal(jsonObject.array().parse((await get(simulator, `${PATH}?name=uno`)).data).length, 0);
  });
});

Deno.test("answerTemplates() turns down what no reviewer would see, and whom the account is not", async () => {
  await withProduct(async (simulator) => {
    const body = (text: string, more = {}) => ({ ...wanted, components: [{ type: "BODY", text, ...more }] });
    const bad = [
      { ...wanted, name: "Con Espacios" },
      { ...wanted, category: "SPAM" },
      { ...wanted, components: [{ type: "FOOTER", text: "adiós" }] },
      body("Hola {{1}}, bienvenido"),
      body("Hola {{2}}, bienvenido", { example: {} }),
      body("{{1}} es tu código", { example: {} }),
      body("x".repeat(1_025)),
    ];
    for (const each of bad) {
      const answer = await sendAsBusiness(simulator, each, { path: PATH });
      assert.deepEqual([answer.http, Object(answer.body.error).code], [400, 100], JSON.stringify(each));
    }
    await sendAsBusiness(simulator, wanted, { path: PATH });
    assert.equal((await sendAsBusiness(simulator, wanted, { path: PATH })).http, 400);
    const foreign = await sendAsBusiness(simulator, wanted, { path: PATH, token: "other" });
    assert.equal(Object(foreign.body.error).error_subcode, 33);
  });
});

async function send(simulator: RunningSimulator, values: string[]): Promise<number> {
  const parameters = values.map((text) => ({ type: "text", text }));
  const template = { name: "visita", language: { code: "es" }, components: [{ type: "body", parameters }] };
  const answer = await sendAsBusiness(simulator, textOf("", { type: "template", template }));
  return answer.http === 200 ? 200 : Number(Object(answer.body.error).code);
}

async function review(simulator: RunningSimulator, status: string, reason?: string): Promise<void> {
  const decision = { waba_id: "waba-100", language: "es", status, ...(reason && { reason }) };
  await simulator.call("POST", "/templates/visita/review", decision);
}

function told(product: TestProduct, event: string): Promise<void> {
  return eventually(event, () => product.received.some((webhook) => webhook.value.event === event));
}

async function get(simulator: RunningSimulator, path: string) {
  const response = await fetch(`${simulator.graphUrl}${path}`, {
    headers: { authorization: "Bearer token" },
  });
  return jsonObject.parse(await response.json());
}
