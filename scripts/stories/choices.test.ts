/** A list, from the tool that a model calls to the row that a customer taps, on the product and the simulator at work. */
import assert from "node:assert/strict";
import { startProviderDouble } from "@app/models/testing.ts";
import { z } from "zod";
import { phoneOf, startProduct } from "../load/play/start-product.ts";
import { untilQuiet } from "../load/play/until-quiet.ts";

const rows = [
  { id: "box_10", title: "Pizza de 10 pulgadas", description: "USD 0.32 por unidad" },
  { id: "box_12", title: "Pizza de 12 pulgadas", description: "USD 0.41 por unidad" },
  { id: "bag_m", title: "Bolsa kraft mediana" },
  { id: "cup_8", title: "Vaso de 8 onzas" },
];
const offer = { text: "Esto es lo que más llevan:", button: "Ver productos", rows };

const conversation = z.object({
  messages: z.array(z.looseObject({
    role: z.string(),
    content: z.union([z.string(), z.array(z.looseObject({ text: z.string().optional() })), z.null()])
      .optional(),
  })),
});

/** What the model was shown as new, in each of its calls. */
const shown: string[] = [];

/** Offers the list to who writes first, and says what it read to who answers. */
const model = startProviderDouble("compatible", {
  answer(body) {
    const { messages } = conversation.parse(body);
    if (messages.at(-1)?.role === "tool") return say("Toca la que quieras.");
    const text = messages.map(({ content }) =>
      typeof content === "string" ? content : (content ?? []).map((part) => part.text ?? "").join("\n")
    ).join("\n");
    const fresh = text.slice(text.lastIndexOf("New messages:"));
    shown.push(fresh);
    const chosen = rows.find(({ title }) => fresh.includes(title));
    if (chosen) return say(`Anotado: ${chosen.title}`);
    return { toolCalls: [{ id: "call_1", name: "send_list", input: offer }] };
  },
});

function say(text: string) {
  return {
    text: JSON.stringify({
      ...{ replies: [{ text, buttons: [] }], transition: null, fields: {}, escalation: null },
      ...{
        intent: "order",
        language: "es",
        sentiment: "neutral",
        topics: [],
        confidence: 0.9,
        citations: [],
      },
    }),
  };
}

const product = await startProduct({
  tenants: 1,
  debounce: { ms: 100, maxMs: 1_000 },
  tenantSettings: {
    model: {
      ...{ provider: "compatible", name: "gpt-6.1-terra", baseUrl: model.url },
      ...{ timeoutMs: 20_000, answerFormat: "json_object" },
    },
  },
  settings: { MODEL_SERVERS: JSON.stringify([{ baseUrl: model.url, apiKey: model.apiKey }]) },
});
Deno.test.afterAll(async () => {
  await product.stop();
  await model.stop();
});

/** Publishes the tenant's machine again, with the tool in every state. */
async function allowLists(): Promise<void> {
  await product.sql`
    insert into client_stage_1.state_machine_versions (state_machine_id, version, definition, published_at)
    select v.state_machine_id, v.version + 1, jsonb_set(v.definition, '{states}', (
        select jsonb_object_agg(s.name, s.state || '{"tools": ["send_list"]}')
        from jsonb_each(v.definition -> 'states') as s (name, state)
      )), now()
    from client_stage_1.state_machine_versions v order by v.version desc limit 1`;
}

Deno.test("a list that the engine sends is one on the phone, and the row that is tapped is the customer's choice", async () => {
  await allowLists();
  const ana = product.stage.simulator.customer(phoneOf(1));
  await ana.say("hola, ¿qué tienen?");
  await untilQuiet(product, 60_000);
  const [list, after, ...more] = (await ana.messages()).filter(({ direction }) => direction === "outbound");
  assert.equal(more.length, 0);
  assert.deepEqual(list?.message.interactive, {
    type: "list",
    body: { text: offer.text },
    action: { button: offer.button, sections: [{ rows }] },
  });
  assert.equal(Object(after?.message.text).body, "Toca la que quieras.");

  await ana.send({ type: "list", row_id: "box_12", title: "Pizza de 12 pulgadas", reply_to: list?.wamid });
  await untilQuiet(product, 60_000);
  assert.match(shown.at(-1) ?? "", /Pizza de 12 pulgadas/);
  const answer = (await ana.messages()).at(-1);
  assert.equal(Object(answer?.message.text).body, "Anotado: Pizza de 12 pulgadas");
  const [tap] = await product.sql<{ content: string; id: string; answers: string }[]>`
    select m.content, m.payload ->> 'id' as id, q.external_id as answers
    from client_stage_1.messages m join client_stage_1.messages q on q.id = m.reply_to
    where m.direction = 'inbound' and m.type = 'interactive'`;
  assert.deepEqual({ ...tap }, { content: "Pizza de 12 pulgadas", id: "box_12", answers: list?.wamid });
});
