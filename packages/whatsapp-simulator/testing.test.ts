import assert from "node:assert/strict";
import { eventually, registrationOf, sendAsBusiness, TestProduct, textOf } from "./src/test-product.ts";
import { startSimulator } from "./testing.ts";

const CUSTOMER = "5215512345678";

Deno.test("startSimulator() goes on after SIGKILL: nothing acknowledged is forgotten, the rest is sent", async () => {
  const product = new TestProduct();
  const options = { ...registrationOf(product), folder: await Deno.makeTempDir() };
  const first = await startSimulator(options);
  await first.customer(CUSTOMER).say("antes");
  await eventually("the first message", () => product.messages.length === 1);
  await sendAsBusiness(first, textOf("respuesta"));
  await eventually("delivered", () => product.statuses.length === 2);
  product.answers.push(...Array.from({ length: 100 }, () => 503));
  const unheard = await first.customer(CUSTOMER).say("durante");
  await eventually("a refused try", () => product.messages.length >= 2);
  await first.stop("SIGKILL");
  product.answers.length = 0;
  const before = product.messages.length;

  const second = await startSimulator(options);
  await eventually("the message once more", () => product.messages.length > before);
  assert.equal(product.messages.at(-1)?.id, unheard);
  const messages = await second.customer(CUSTOMER).messages();
  assert.deepEqual(messages.map((message) => message.direction), ["inbound", "outbound", "inbound"]);
  assert.deepEqual(messages[1]?.statuses, ["sent", "delivered"]);
  const seqs = (await second.ledger()).map((event) => event.seq);
  assert.deepEqual(seqs, seqs.map((_, index) => index + 1));
  await second.stop();
  await product.stop();
  await Deno.remove(options.folder, { recursive: true });
});

Deno.test("startSimulator() has in its ledger whatever it answered before SIGKILL", async () => {
  const product = new TestProduct();
  const options = { ...registrationOf(product), folder: await Deno.makeTempDir() };
  const answered = new Set<string>();
  for (let round = 0; round < 3; round++) {
    const simulator = await startSimulator(options);
    await simulator.customer(CUSTOMER).say("hola");
    let isAlive = true;
    const senders = Array.from({ length: 8 }, async () => {
      while (isAlive) {
        // A request that the kill cuts off was not answered, so nothing is owed for it.
        const sent = await sendAsBusiness(simulator, textOf("x")).catch(() => undefined);
        if (sent?.http === 200) answered.add(Object(sent.body.messages)[0].id);
      }
    });
    await eventually("some hundred answers", () => answered.size > (round + 1) * 300);
    await simulator.stop("SIGKILL");
    isAlive = false;
    await Promise.all(senders);
  }
  const last = await startSimulator(options);
  const events = await last.ledger();
  const recorded = new Set(events.flatMap((event) => event.kind === "outbound" ? [event.wamid] : []));
  assert.deepEqual([...answered].filter((wamid) => !recorded.has(wamid)), []);
  assert.deepEqual(events.filter((event, index) => event.seq !== index + 1), []);
  await last.stop();
  await product.stop();
  await Deno.remove(options.folder, { recursive: true });
});
