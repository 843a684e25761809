/** Customers, models and strangers who do what nobody should, on one product at work. */
import assert from "node:assert/strict";
import type { LedgerEvent } from "@app/whatsapp-simulator/testing.ts";
import { type Reading, readReply, startReadingModel, textOf } from "../play/reading-model.ts";
import { pause, phoneOf, startProduct } from "../play/start-product.ts";
import { untilQuiet } from "../play/until-quiet.ts";
import { openHalf } from "./open-half.ts";

const table = '| Caja | Precio |\n|---|---|\n| 10" | pedir |\n| 12" | pedir |';
/** What a model says to the customer of a number, in place of what it has read. */
const sayings = new Map([
  [phoneOf(201), table],
  [phoneOf(202), `${"Tenemos muchas cajas. ".repeat(187)}`.slice(0, 4_097).padEnd(4_097, ".")],
  [phoneOf(203), "**Cajas** para [pizza](https://example.com) y `más`"],
]);
const model = startReadingModel({ say: (reading) => sayings.get(reading.phone) ?? sayRead(reading) });
const product = await startProduct({
  tenants: 2,
  // A tenth of the product's own.
  debounce: { ms: 400, maxMs: 2_000 },
  tenantSettings: model.settings,
  settings: model.environment,
});
const { simulator } = product.stage;
Deno.test.afterAll(async () => {
  await product.stop();
  await model.stop();
});

Deno.test("500 sockets that send half a request do not keep anybody from an answer", async () => {
  const strangers = await openHalf(product.stage.functionsPort, 500);
  try {
    const people = Array.from({ length: 40 }, (_, index) => phoneOf(index));
    await Promise.all(people.map((phone, index) => simulator.customer(phone).say(textOf(phone, index))));
    await untilQuiet(product, 120_000);
    assert.deepEqual(await repliesTo(people), people.map(() => 1));
    assert.equal(strangers.openCount(), 500, "they were there all the time");
  } finally {
    strangers.close();
  }
});

Deno.test("somebody who never stops writing is answered all the same", async () => {
  const phone = phoneOf(100);
  const customer = simulator.customer(phone);
  const until = Date.now() + 60_000;
  let number = 0;
  // A tenth of every five seconds, against a tenth of the debounce: no pause is ever long enough.
  while ((await repliesTo([phone]))[0] === 0 && Date.now() < until) {
    await customer.say(textOf(phone, number++));
    await pause(300);
  }
  assert.ok(number > 2 && (await repliesTo([phone]))[0] === 1, `${number} messages, no reply in a minute`);
  await untilQuiet(product, 60_000);
  const read = (await textsTo(phone)).flatMap((text) => readReply(text)?.numbers ?? []);
  assert.deepEqual(read, Array.from({ length: number }, (_, index) => index), "each message was read once");
});

Deno.test("tables, markdown and a reply of 4,097 letters reach the customer as WhatsApp can show them", async () => {
  const people = [...sayings.keys()];
  await Promise.all(people.map((phone, index) => simulator.customer(phone).say(textOf(phone, index))));
  await untilQuiet(product, 120_000);
  for (const phone of people) {
    const texts = await textsTo(phone);
    assert.ok(texts.length > 0, `${phone} got nothing`);
    for (const text of texts) {
      assert.ok(text.length <= 4_096, `${text.length} letters`);
      assert.doesNotMatch(text, /\|\s*-{3}|\*\*|\]\(/, "markdown that WhatsApp does not know");
    }
  }
});

Deno.test("100 KB, right-to-left, zero-width and nothing but emoji are stored whole and answered", async () => {
  const texts = [
    "x".repeat(100_000),
    "مرحبا، أريد مئة علبة للبيتزا",
    "\u200b\u200d\u2060\ufeff",
    "🍕🍕📦👨‍👩‍👧‍👦🇧🇴",
    "\u202egnirts\u202c \u0000 \ud800",
  ];
  const people = texts.map((_, index) => phoneOf(300 + index));
  await Promise.all(texts.map((body, index) =>
    simulator.customer(people[index] ?? "").send({
      type: "raw",
      message: { type: "text", text: { body } },
    })
  ));
  await untilQuiet(product, 120_000);
  assert.deepEqual((await repliesTo(people)).map((count) => count > 0), people.map(() => true));
  const stored = await product.sql<{ phone: string; content: string; payload: string }[]>`
    select i.external_id as phone, m.content, m.payload::text as payload from client_stage_1.messages m
    join client_stage_1.sessions s on s.id = m.session_id
    join client_stage_1.contact_identities i on i.contact_id = s.contact_id and i.kind = 'phone'
    where m.direction = 'inbound' and i.external_id = any (${people})`;
  const content = new Map(stored.map((row) => [row.phone, row.content]));
  // Lists and turns see what a person can write on a phone; the payload keeps all of it.
  assert.equal(content.get(people[0] ?? ""), "x".repeat(65_536));
  assert.ok(stored.find((row) => row.phone === people[0])?.payload.includes("x".repeat(100_000)));
  for (const index of [1, 3]) assert.equal(content.get(people[index] ?? ""), texts[index]);
  // What no text of a database can hold becomes the sign for it.
  assert.match(content.get(people[4] ?? "") ?? "", /\ufffd.*\ufffd/);
});

Deno.test("another bot that answers everything by itself is left alone by the fifth turn, and a person is told", async () => {
  const phone = phoneOf(400);
  const customer = simulator.customer(phone);
  const counts: number[] = [];
  for (let number = 0; number < 8; number++) {
    await customer.say(textOf(phone, number));
    await untilQuiet(product, 60_000);
    counts.push((await repliesTo([phone]))[0] ?? 0);
  }
  assert.deepEqual(counts, [1, 2, 3, 4, 4, 4, 4, 4]);
  const [session] = await product.sql<{ holder: string; rule: string; reason: string; turns: number }[]>`
    select s.holder, e.reason, count(*)::int as turns,
      (array_agg(t.evidence ->> 'rule' order by t.created_at desc))[1] as rule
    from client_stage_1.sessions s
    join client_stage_1.contact_identities i on i.contact_id = s.contact_id and i.kind = 'phone'
    join client_stage_1.turns t on t.session_id = s.id
    join client_stage_1.escalations e on e.session_id = s.id
    where i.external_id = ${phone} group by s.id, e.id`;
  assert.deepEqual([session?.holder, session?.rule, session?.turns], ["queue", "loop_guard", 5]);
  assert.match(session?.reason ?? "", /another bot/);
});

async function outbound(): Promise<Extract<LedgerEvent, { kind: "outbound" }>[]> {
  return (await simulator.ledger()).filter((event) => event.kind === "outbound");
}

/** How many replies each of them got. */
async function repliesTo(people: string[]): Promise<number[]> {
  const all = await outbound();
  return people.map((phone) => all.filter((event) => event.customer === phone).length);
}

async function textsTo(phone: string): Promise<string[]> {
  const own = (await outbound()).filter((event) => event.customer === phone);
  return own.map(({ message }) =>
    String(Object(message.text).body ?? Object(Object(message.interactive).body).text)
  );
}

function sayRead({ phone, numbers }: Reading): string {
  return numbers.length === 0
    ? "¡Hola! ¿Cuántas cajas necesitas?"
    : `from=${phone} read=${numbers.join(",")}`;
}
