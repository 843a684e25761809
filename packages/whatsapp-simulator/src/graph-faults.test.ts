import assert from "node:assert/strict";
import { eventually, sendAsBusiness, textOf, withProduct } from "./test-product.ts";

const CUSTOMER = "5215512345678";

Deno.test("playBeforeAccepting() resets, answers HTML and any code, and accepts nothing", async () => {
  await withProduct(async (simulator) => {
    await simulator.customer(CUSTOMER).say("hola");
    await simulator.faults({
      reset_before_accept: { next: 1 },
      html_before_accept: { next: 1 },
      error: { next: 1 },
      error_code: 190,
    });

    const expired = await sendAsBusiness(simulator, textOf("a"));
    assert.deepEqual([expired.http, Object(expired.body.error).code], [401, 190]);
    await assert.rejects(
      sendAsBusiness(simulator, textOf("a")),
      (error: Error) => /reset/.test(String(error.cause ?? error)),
    );
    const page = await post(simulator.graphUrl);
    assert.deepEqual([page.status, page.headers.get("content-type")], [502, "text/html; charset=utf-8"]);
    assert.match(await page.text(), /^<!DOCTYPE html>/);
    assert.equal((await simulator.ledger()).filter((event) => event.kind === "outbound").length, 0);
  });
});

Deno.test("playAfterAccepting() resets, answers HTML and trickles, and what was accepted is delivered", async () => {
  await withProduct(async (simulator, product) => {
    await simulator.customer(CUSTOMER).say("hola");
    await simulator.faults({ reset_after_accept: { next: 1 } });
    await assert.rejects(sendAsBusiness(simulator, textOf("a")));
    await simulator.faults({ html_after_accept: { next: 1 } });
    const page = await post(simulator.graphUrl);
    assert.equal(page.status, 200);
    assert.match(await page.text(), /^<!DOCTYPE html>/);
    await simulator.faults({ slow_body_ms: 200 });
    const startedAt = performance.now();
    const slow = await sendAsBusiness(simulator, textOf("c"));
    assert.equal(slow.http, 200);
    assert.ok(performance.now() - startedAt >= 180);

    await eventually(
      "three deliveries",
      () => product.statuses.filter((status) => status.status === "delivered").length === 3,
    );
  });
});

function post(graphUrl: string): Promise<Response> {
  return fetch(`${graphUrl}/v26.0/100/messages`, {
    method: "POST",
    headers: { authorization: "Bearer token" },
    body: JSON.stringify(textOf("b")),
  });
}
