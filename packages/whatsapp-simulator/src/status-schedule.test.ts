import assert from "node:assert/strict";
import { eventually, sendAsBusiness, textOf, withProduct } from "./test-product.ts";

const CUSTOMER = "5215512345678";

Deno.test("StatusSchedule tells sent, delivered and, once the phone shows it, read", async () => {
  await withProduct(async (simulator, product) => {
    const customer = simulator.customer(CUSTOMER);
    await customer.say("hola");
    await sendAsBusiness(simulator, textOf("¿Qué tal?", { biz_opaque_callback_data: "our-id" }));
    await eventually("delivered", () => product.statuses.length === 2);
    await customer.read();
    await eventually("read", () => product.statuses.length === 3);
    assert.deepEqual(product.statuses.map((status) => status.status), ["sent", "delivered", "read"]);
    assert.ok(product.statuses.every((status) => status.biz_opaque_callback_data === "our-id"));
    assert.ok(product.statuses.every((status) => status.recipient_id === CUSTOMER));
    assert.deepEqual(product.statuses.map((status) => "pricing" in status), [true, false, false]);
    await customer.read();
    assert.equal(product.statuses.length, 3);
  });
});

Deno.test("StatusSchedule drops statuses and fails messages when told to", async () => {
  await withProduct(async (simulator, product) => {
    await simulator.customer(CUSTOMER).say("hola");
    await simulator.faults({ drop_statuses: ["delivered"] });
    await sendAsBusiness(simulator, textOf("a"));
    await eventually("read", () => product.statuses.length === 2);
    assert.deepEqual(product.statuses.map((status) => status.status), ["sent", "read"]);
    const dropped = (await simulator.ledger()).find((event) => event.kind === "status" && event.dropped);
    assert.equal(dropped?.kind === "status" && dropped.status, "delivered");

    await simulator.faults({ fail_later: { next: 1 } });
    await sendAsBusiness(simulator, textOf("b"));
    await eventually("failed", () => product.statuses.length === 3);
    assert.equal(product.statuses[2]?.status, "failed");
  }, { read_after_ms: 200 });
});
