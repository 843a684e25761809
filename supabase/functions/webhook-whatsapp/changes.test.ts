import assert from "node:assert/strict";
import {
  type Customer,
  deliveryBody,
  mediaMessage,
  newMessageId,
  type RawMessage,
  rawMessage,
  reactionMessage,
  textMessage,
} from "@app/channels/testing.ts";
import { newCustomer, type Shop, startWebhook } from "./testing.ts";

const webhook = await startWebhook();
const { sql } = webhook.database;
Deno.test.afterAll(() => webhook.stop());

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);

function body(shop: Shop, customer: Customer, ...messages: RawMessage[]) {
  return deliveryBody({
    phoneNumberId: shop.phoneNumberId,
    customers: [customer],
    messages,
  });
}

function edit(
  from: Customer,
  original: string,
  text: string,
  at = new Date(),
): RawMessage {
  const message = { type: "text", text: { body: text } };
  return rawMessage({ from, at }, "edit", {
    edit: { original_message_id: original, message },
  });
}

function revoke(from: Customer, original: string, at = new Date()): RawMessage {
  return rawMessage({ from, at }, "revoke", {
    revoke: { original_message_id: original },
  });
}

/** A shop with a customer who wrote `hola` two minutes ago. */
async function begin() {
  const [shop, ana, id] = [
    await webhook.makeShop(),
    newCustomer(),
    newMessageId(),
  ];
  await webhook.receive(
    body(shop, ana, textMessage({ from: ana, id, at: minutesAgo(2) }, "hola")),
  );
  return { shop, ana, id, before: await sessionOf(shop) };
}

async function messageOf(shop: Shop, externalId: string) {
  const row = (await webhook.rows(shop, "messages")).find(({ external_id }) => external_id === externalId);
  return row as {
    content: string;
    payload: Record<string, unknown>;
    type: string;
    media_id: string | null;
  };
}

async function sessionOf(shop: Shop) {
  const [session, ...more] = await webhook.rows(shop, "sessions");
  assert.equal(more.length, 0);
  return session as Record<string, unknown>;
}

Deno.test("handle() makes a message say what it was edited to, and keeps what it said", async () => {
  const { shop, ana, id, before } = await begin();
  const edits = body(
    shop,
    ana,
    edit(ana, id, "hola, 400", minutesAgo(1)),
    edit(ana, id, "hola, 500 cajas"),
  );
  assert.equal((await webhook.receive(edits)).noted, 2);
  assert.equal((await webhook.receive(edits)).noted, undefined);
  const { content, payload } = await messageOf(shop, id);
  assert.equal(content, "hola, 500 cajas");
  const versions = payload.edits as { content: string }[];
  assert.deepEqual(versions.map((version) => version.content), [
    "hola",
    "hola, 400",
  ]);
  assert.equal(await webhook.count(shop, "messages"), 1);
  const after = await sessionOf(shop);
  assert.deepEqual(
    [after.last_message_preview, after.unread_count, after.window_expires_at],
    ["hola, 500 cajas", before.unread_count, before.window_expires_at],
  );
});

Deno.test("handle() has a draft written again when its message is edited, and not when it was answered", async () => {
  const { shop, ana, id, before } = await begin();
  await webhook.receive(body(shop, ana, edit(ana, id, "adiós")));
  const pending = await sessionOf(shop);
  assert.equal(pending.fence, Number(before.fence) + 1);
  await sql`delete from ${sql(shop.schemaName)}.pending_messages`;
  await webhook.receive(body(shop, ana, edit(ana, id, "hola otra vez")));
  const answered = await sessionOf(shop);
  assert.deepEqual([answered.fence, answered.message_count], [
    pending.fence,
    before.message_count,
  ]);
  assert.equal(await webhook.count(shop, "pending_messages"), 0);
});

Deno.test("handle() applies edits in the order in which they were made, whichever comes first", async () => {
  const { shop, ana, id } = await begin();
  await webhook.receive(body(shop, ana, edit(ana, id, "tercera")));
  await webhook.receive(
    body(shop, ana, edit(ana, id, "segunda", minutesAgo(1))),
  );
  const { content, payload } = await messageOf(shop, id);
  assert.equal(content, "tercera");
  assert.deepEqual(
    (payload.edits as { content: string }[]).map((version) => version.content),
    [
      "hola",
      "segunda",
    ],
  );
});

Deno.test("handle() gives an edited picture its new file", async () => {
  const { shop, ana } = await begin();
  const picture = mediaMessage({ from: ana, at: minutesAgo(1) }, "image", {
    caption: "esta",
  });
  await webhook.receive(body(shop, ana, picture));
  const now = {
    type: "image",
    image: { id: "77", mime_type: "image/png", caption: "esta no, esta" },
  };
  const change = rawMessage({ from: ana }, "edit", {
    edit: { original_message_id: picture.id, message: now },
  });
  await webhook.receive(body(shop, ana, change));
  const { content, media_id } = await messageOf(shop, picture.id);
  const file = (await webhook.rows(shop, "media")).find((row) => row.id === media_id);
  assert.deepEqual([content, file?.external_id, file?.mime_type], [
    "esta no, esta",
    "77",
    "image/png",
  ]);
});

Deno.test("handle() empties a message that was taken back, keeps its words for people, and answers it no more", async () => {
  const { shop, ana, id } = await begin();
  const before = await messageOf(shop, id);
  await webhook.receive(body(shop, ana, revoke(ana, id)));
  await webhook.receive(body(shop, ana, edit(ana, id, "no me borres")));
  const { content, payload } = await messageOf(shop, id);
  assert.equal(content, "");
  assert.ok(payload.revoked_at);
  assert.deepEqual(payload.before, {
    type: "text",
    content: "hola",
    payload: before.payload,
  });
  assert.equal(await webhook.count(shop, "pending_messages"), 0);
});

Deno.test("handle() lets nobody change what the other side wrote", async () => {
  const { shop, ana } = await begin();
  const session = await sessionOf(shop);
  await sql`insert into ${sql(shop.schemaName)}.messages
    (session_id, config_id, direction, sender_type, type, content, status, external_id)
    values (${
    String(session.id)
  }, ${shop.configId}, 'outbound', 'bot', 'text', 'son 4500', 'sent', 'wamid.ours')`;
  await webhook.receive(
    body(
      shop,
      ana,
      edit(ana, "wamid.ours", "son 0"),
      revoke(ana, "wamid.ours"),
    ),
  );
  assert.equal((await messageOf(shop, "wamid.ours")).content, "son 4500");
});

Deno.test("handle() shows a reaction with its message, the newest of each side, and none that was taken back", async () => {
  const { shop, ana, id, before } = await begin();
  const react = (emoji: string | undefined, at: Date) =>
    webhook.receive(
      body(shop, ana, reactionMessage({ from: ana, at }, id, emoji)),
    );
  const shown = async () => {
    const reactions = (await messageOf(shop, id)).payload.reactions as {
      by: string;
      emoji: string;
    }[];
    return reactions?.map(({ by, emoji }) => [by, emoji]);
  };
  await react("👍", minutesAgo(1));
  assert.deepEqual(await shown(), [["contact", "👍"]]);
  await react("❤️", new Date());
  assert.deepEqual(await shown(), [["contact", "❤️"]]);
  await react(undefined, minutesAgo(0.5));
  assert.deepEqual(await shown(), [["contact", "❤️"]]);
  await react(undefined, new Date());
  assert.equal(await shown(), undefined);
  const after = await sessionOf(shop);
  for (
    const name of [
      "fence",
      "unread_count",
      "message_count",
      "window_expires_at",
      "last_message_at",
    ]
  ) {
    assert.deepEqual(after[name], before[name], name);
  }
  assert.deepEqual(
    [
      await webhook.count(shop, "messages"),
      await webhook.count(shop, "pending_messages"),
    ],
    [1, 1],
  );
});

Deno.test("handle() opens no conversation for a reaction", async () => {
  const { shop, ana, id } = await begin();
  await sql`update ${sql(shop.schemaName)}.sessions set status = 'resolved', resolved_at = now()`;
  await webhook.receive(
    body(shop, ana, reactionMessage({ from: ana }, id, "🙏")),
  );
  const session = await sessionOf(shop);
  assert.equal(session.status, "resolved");
  assert.ok((await messageOf(shop, id)).payload.reactions);
});

Deno.test("engine.apply_waiting_changes() applies what came before its message, and forgets it after 24 hours", async () => {
  const { shop, ana } = await begin();
  const late = newMessageId();
  await webhook.receive(
    body(
      shop,
      ana,
      reactionMessage({ from: ana }, late, "👍"),
      edit(ana, late, "por fin"),
    ),
  );
  await webhook.receive(
    body(shop, ana, reactionMessage({ from: ana }, "wamid.never", "👍")),
  );
  const jobs = await sql`select from private.jobs
    where tenant_id = ${shop.id} and name = 'apply_waiting_changes' and due_at > now()`;
  assert.ok(jobs.length > 0);
  const again = () =>
    webhook.ports.database.callAsTenant(
      shop,
      (call) => call`engine.apply_waiting_changes()`,
    );
  assert.deepEqual(await again(), { stored: 3, waiting: 3 });
  await webhook.receive(
    body(
      shop,
      ana,
      textMessage({ from: ana, id: late, at: minutesAgo(1) }, "casi"),
    ),
  );
  assert.deepEqual(await again(), { stored: 3, waiting: 1 });
  const message = await messageOf(shop, late);
  assert.equal(message.content, "por fin");
  assert.equal((message.payload.reactions as unknown[]).length, 1);

  await sql`update ${sql(shop.schemaName)}.channel_events set created_at = now() - interval '25 hours'`;
  assert.deepEqual(await again(), { stored: 0, waiting: 0 });
  const left = await webhook.rows(shop, "channel_events");
  assert.deepEqual(left.map(({ message_external_id }) => message_external_id), [
    late,
    late,
  ]);
});

Deno.test("handle() stores reactions of many at once without losing one", async () => {
  const { shop, ana, id } = await begin();
  const emojis = ["👍", "❤️", "😂", "😮", "😢", "🙏"];
  await Promise.all(emojis.map((emoji, place) => {
    const at = new Date(Date.now() - (emojis.length - place) * 1000);
    return webhook.receive(
      body(shop, ana, reactionMessage({ from: ana, at }, id, emoji)),
    );
  }));
  const [reaction] = (await messageOf(shop, id)).payload.reactions as {
    emoji: string;
  }[];
  assert.equal(reaction?.emoji, "🙏");
});
