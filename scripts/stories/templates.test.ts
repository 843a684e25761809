/** Templates after the reply window has closed, on the product and the simulator at work. */
import assert from "node:assert/strict";
import { SignJWT } from "jose";
import { pause, phoneOf, startProduct } from "../load/play/start-product.ts";
import { untilQuiet } from "../load/play/until-quiet.ts";

const jwtSecret = "a-secret-of-more-than-thirty-two-characters";
const product = await startProduct({
  tenants: 1,
  debounce: { ms: 100, maxMs: 1_000 },
  settings: { JWT_SECRET: jwtSecret },
});
const { simulator, tenants: [tenant] } = product.stage;
assert.ok(tenant);
const shop = tenant;
Deno.test.afterAll(() => product.stop());

const template = {
  type: "template",
  name: "order_ready",
  language: "es_MX",
  body: [{ text: "Ana" }, { text: "4711" }],
};

/** Meta's side: an approved template with two values, and a day later. */
async function closeTheWindow(): Promise<void> {
  await simulator.call("POST", "/clock", { ahead_ms: 25 * 3_600_000 });
  await product.sql`update client_stage_1.sessions set window_expires_at = now() - interval '1 hour'`;
}

async function approveTemplate(): Promise<void> {
  const response = await fetch(`${simulator.graphUrl}/v26.0/208000000/message_templates`, {
    method: "POST",
    headers: { authorization: `Bearer ${shop.accessToken}`, "content-type": "application/json" },
    body: JSON.stringify({
      ...{ name: template.name, language: template.language, category: "UTILITY" },
      components: [{
        type: "BODY",
        text: "Hola {{1}}, tu pedido {{2}} está listo.",
        example: { body_text: [["Ana", "4711"]] },
      }],
    }),
  });
  assert.equal(response.status, 200, await response.text());
  await simulator.call("POST", `/templates/${template.name}/review`, {
    ...{ waba_id: "208000000", language: template.language, status: "APPROVED" },
  });
}

/** The conversation of somebody who has written, been answered, and read it. */
async function openConversation(phone: string): Promise<string> {
  await simulator.customer(phone).say("hola");
  await untilQuiet(product, 60_000);
  await simulator.customer(phone).read();
  const [session] = await product.sql<{ id: string }[]>`
    select s.id from client_stage_1.sessions s
    join client_stage_1.contact_identities i on i.contact_id = s.contact_id where i.external_id = ${phone}`;
  assert.ok(session);
  return session.id;
}

/** Somebody of the tenant who holds the conversation, by token. */
async function agentOf(sessionId: string): Promise<string> {
  const [user] = await product.sql<{ id: string }[]>`
    insert into auth.users (id, email) values (gen_random_uuid(), 'agent@stage.test') returning id`;
  assert.ok(user);
  await product.sql`insert into public.tenant_members (tenant_id, user_id, role, display_name)
    values (${shop.id}, ${user.id}, 'agent', 'Agent')`;
  await product
    .sql`update client_stage_1.sessions set holder = 'human', assigned_to = ${user.id} where id = ${sessionId}`;
  return await new SignJWT({ role: "authenticated", sub: user.id })
    .setProtectedHeader({ alg: "HS256" }).setAudience("authenticated").setExpirationTime("1h")
    .sign(new TextEncoder().encode(jwtSecret));
}

/** Waits until the message has the ticks of one that was read, and tells what the phone shows. */
async function seen(phone: string, messageId: string) {
  const customer = simulator.customer(phone);
  let status = "";
  for (let tries = 0; tries < 300 && status !== "read"; tries++) {
    await pause(200);
    await customer.read();
    const [row] = await product.sql<{ status: string }[]>`
      select status from client_stage_1.messages where id = ${messageId}`;
    status = row?.status ?? "";
  }
  const [message] = (await customer.messages()).filter(({ direction }) => direction === "outbound").slice(-1);
  return { status, sent: message?.message.template };
}

const filled = {
  name: template.name,
  language: { code: template.language },
  components: [{ type: "body", parameters: [{ type: "text", text: "Ana" }, { type: "text", text: "4711" }] }],
};

Deno.test("an agent's template reaches the customer after the window has closed, free text does not, and its ticks come back", async () => {
  await approveTemplate();
  const phone = phoneOf(1);
  const sessionId = await openConversation(phone);
  const token = await agentOf(sessionId);
  await closeTheWindow();
  const send = async (message: Record<string, unknown>) => {
    const response = await fetch(`${product.stage.functionsUrl}/send-human-message`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify({ tenant_id: shop.id, session_id: sessionId, message }),
    });
    return { status: response.status, body: await response.json() };
  };
  const refused = await send({ id: crypto.randomUUID(), type: "text", content: "¿sigues ahí?" });
  assert.equal(refused.status, 409);
  const id = crypto.randomUUID();
  const sent = await send({
    id,
    type: "template",
    content: "Hola Ana, tu pedido 4711 está listo.",
    payload: template,
  });
  assert.equal(sent.status, 200, JSON.stringify(sent.body));
  assert.deepEqual(await seen(phone, id), { status: "read", sent: filled });
});

Deno.test("a template that the bot has queued leaves by the same way, and its ticks come back", async () => {
  const phone = phoneOf(2);
  const sessionId = await openConversation(phone);
  await closeTheWindow();
  const [queued] = await product.sql<{ id: string }[]>`
    with queued as (
      insert into client_stage_1.messages (session_id, config_id, direction, sender_type, type, content, payload, status)
      select s.id, s.config_id, 'outbound', 'bot', 'template', 'Hola Ana, tu pedido 4711 está listo.',
        ${product.sql.json(template)}, 'queued'
      from client_stage_1.sessions s where s.id = ${sessionId}
      returning id, session_id
    ), due as (
      insert into private.due_work (tenant_id, schema_name, session_id, work, due_at)
      select ${shop.id}, ${shop.schemaName}, session_id, 'delivery', now() from queued
    )
    select id from queued`;
  assert.deepEqual(await seen(phone, queued?.id ?? ""), { status: "read", sent: filled });
});
