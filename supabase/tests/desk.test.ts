import assert from "node:assert/strict";
import type { TransactionSql } from "postgres";
import { become } from "./testing/become.ts";
import { type Stage, startStage } from "./testing/stage.ts";

let stage: Stage;
Deno.test.beforeAll(async () => void (stage = await startStage()));
Deno.test.afterAll(() => stage.stop());

const ids = { message: "11111111-1111-4111-8111-111111111111" };

async function session(sql: TransactionSql) {
  const [row] = await sql`select * from api.get_session(${stage.a.id}, ${stage.a.sessionId})`;
  return row ?? {};
}

/** The agent of a holds the conversation, and its reply window is open. */
async function hold(sql: TransactionSql) {
  await become(sql, "postgres", stage);
  await sql`update sessions set window_expires_at = now() + interval '1 hour'`;
  await become(sql, "agent of a", stage);
  await sql`select api.take_over(${stage.a.id}, ${stage.a.sessionId})`;
}

async function send(
  sql: TransactionSql,
  message: Record<string, unknown> = {},
  baseFence: string | null = null,
) {
  const body = { id: ids.message, type: "text", content: "Hola", ...message };
  const [sent] = await sql`
    select * from api.send_message(${stage.a.id}, ${stage.a.sessionId}, ${
    sql.json(body as never)
  }, ${baseFence})`;
  return sent ?? {};
}

/** Why it was refused. */
async function refusal(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    return (error as { detail?: string }).detail ?? String(error);
  }
  throw new Error("It was not refused");
}

Deno.test("take_over() of a free conversation by two at once: one wins, the other is told who", async () => {
  await stage.as("admin of a", async (sql) => {
    await sql`select api.take_over(${stage.a.id}, ${stage.a.sessionId}, true)`;
    await become(sql, "agent of a", stage);
    await assert.rejects(
      sql.savepoint((inner) => inner`select api.take_over(${stage.a.id}, ${stage.a.sessionId}, true)`),
      { code: "PT409", detail: "held_by_colleague", hint: stage.a.people.admin },
    );
    assert.equal((await session(sql)).assigned_to, stage.a.people.admin);
  });
});

Deno.test("send_message() by the holder queues the message once, shows it in the inbox and wakes delivery", async () => {
  await stage.as("postgres", async (sql) => {
    await hold(sql);
    const first = await send(sql);
    assert.deepEqual([first.status, first.is_new], ["queued", true]);
    const again = await send(sql, { content: "something else" });
    assert.deepEqual([again.seq, again.is_new], [first.seq, false]);
    const shown = await session(sql);
    assert.deepEqual([shown.last_message_preview, shown.last_message_from, shown.unread_count], [
      "Hola",
      "agent",
      0,
    ]);
    await become(sql, "postgres", stage);
    const due = await sql`select due_at <= now() as "isDue" from private.due_work where work = 'delivery'`;
    assert.deepEqual([...due], [{ isDue: true }]);
    const stored = await sql`select sender_type, sender_id, content from messages where id = ${ids.message}`;
    assert.deepEqual([...stored], [{
      sender_type: "agent",
      sender_id: stage.a.people.agent,
      content: "Hola",
    }]);
  });
});

Deno.test("send_message() keeps the file that a message carries", async () => {
  await stage.as("postgres", async (sql) => {
    await hold(sql);
    await send(sql, {
      type: "image",
      content: "look",
      media: { path: "sent/1.png", mime_type: "image/png", size: 12, file_name: "1.png" },
    });
    const messages = await sql`
      select media ->> 'path' as path from api.list_messages(${stage.a.id}, ${stage.a.sessionId}) where type = 'image'`;
    assert.deepEqual([...messages], [{ path: "sent/1.png" }]);
  });
});

Deno.test("send_message() reacts by the provider's id, and answers only what was said in the conversation", async () => {
  await stage.as("postgres", async (sql) => {
    await become(sql, "postgres", stage);
    await sql`update messages set external_id = 'wamid.seen' where id = ${stage.a.messageId}`;
    await hold(sql);
    const before = await session(sql);
    await send(sql, { type: "reaction", content: "👍", reply_to: stage.a.messageId });
    const [stored] = await sql`select payload from api.list_messages(${stage.a.id}, ${stage.a.sessionId})
      where id = ${ids.message}`;
    assert.deepEqual(stored?.payload, { type: "reaction", messageExternalId: "wamid.seen", emoji: "👍" });
    assert.equal((await session(sql)).last_message_from, before.last_message_from);
    const elsewhere = { id: crypto.randomUUID(), reply_to: crypto.randomUUID() };
    assert.equal(await refusal(sql.savepoint((inner) => send(inner, elsewhere))), "nothing_to_answer");
    const toNothing = { id: crypto.randomUUID(), type: "reaction", content: "👍" };
    assert.equal(await refusal(sql.savepoint((inner) => send(inner, toNothing))), "nothing_to_answer");
  });
});

Deno.test("send_message() tells why a message may not leave", async () => {
  const reasonAfter = (prepare: (sql: TransactionSql) => Promise<unknown>, message = {}, fence?: string) =>
    stage.as("postgres", async (sql) => {
      await hold(sql);
      await prepare(sql);
      return await refusal(send(sql, message, fence));
    });
  const asPostgres = (statement: string) => async (sql: TransactionSql) => {
    await become(sql, "postgres", stage);
    await sql.unsafe(statement);
    await become(sql, "agent of a", stage);
  };
  const session = stage.a.sessionId;
  assert.equal(
    await reasonAfter((sql) => sql`select api.resolve_session(${stage.a.id}, ${session})`),
    "not_open",
  );
  assert.equal(
    await reasonAfter((sql) => sql`select api.hand_back(${stage.a.id}, ${session})`),
    "not_taken_over",
  );
  assert.equal(
    await reasonAfter((sql) =>
      sql`select api.assign_session(${stage.a.id}, ${session}, ${stage.a.people.admin})`
    ),
    "held_by_colleague",
  );
  assert.equal(await reasonAfter(asPostgres("update contacts set blocked_at = now()")), "contact_blocked");
  assert.equal(
    await reasonAfter(asPostgres("update contacts set opted_out_at = now()")),
    "contact_opted_out",
  );
  const closed = asPostgres("update sessions set window_expires_at = now() - interval '1 second'");
  assert.equal(await reasonAfter(closed), "window_closed");
  assert.equal(await reasonAfter(async () => {}, {}, "0"), "conversation_moved_on");
  await stage.as("postgres", async (sql) => {
    await hold(sql);
    await closed(sql);
    const sent = await send(sql, { type: "template" }, String((await sessionFence(sql)) ?? ""));
    assert.equal(sent.status, "queued");
  });
});

async function sessionFence(sql: TransactionSql): Promise<string> {
  return (await session(sql)).fence;
}

Deno.test("send_message() gives nobody another one's id", async () => {
  await stage.as("postgres", async (sql) => {
    await hold(sql);
    assert.equal(await refusal(send(sql, { id: stage.a.messageId })), "id_is_taken");
  });
});

Deno.test("cancel_message() withdraws what nobody has claimed, and nothing else", async () => {
  await stage.as("postgres", async (sql) => {
    await hold(sql);
    await send(sql);
    const cancel = async () =>
      (await sql`select api.cancel_message(${stage.a.id}, ${ids.message}) as done`)[0]?.done;
    assert.equal(await cancel(), true);
    assert.equal(await cancel(), false);
  });
});

Deno.test("add_note() is kept once, between the messages, and never leaves", async () => {
  await stage.as("agent of a", async (sql) => {
    const add = () =>
      sql`select api.add_note(${stage.a.id}, ${stage.a.sessionId}, ${ids.message}, 'call her') as seq`;
    assert.deepEqual(await add(), await add());
    const notes = await sql`
      select direction, status, content from api.list_messages(${stage.a.id}, ${stage.a.sessionId}) where type = 'note'`;
    assert.deepEqual([...notes], [{ direction: "internal", status: "sent", content: "call her" }]);
    assert.equal((await session(sql)).last_message_preview, null);
    assert.equal(
      await refusal(sql`select api.add_note(${stage.a.id}, ${stage.a.sessionId}, ${stage.a.id}, ' ')`),
      "note_length",
    );
  });
});

Deno.test("assign_session() gives a conversation to a colleague and tells them", async () => {
  await stage.as("agent of a", async (sql) => {
    const { admin } = stage.a.people;
    const [given] = await sql`
      select * from api.assign_session(${stage.a.id}, ${stage.a.sessionId}, ${admin}, 'you know her')`;
    assert.deepEqual([given?.holder, given?.assigned_to, given?.fence], ["human", admin, "1"]);
    await become(sql, "admin of a", stage);
    const told = await sql`
      select kind, body ->> 'note' as note, is_read from api.list_notifications(${stage.a.id}) where kind = 'assigned'`;
    assert.deepEqual([...told], [{ kind: "assigned", note: "you know her", is_read: false }]);
    await sql`select api.mark_notifications_read(${stage.a.id})`;
    const unread = await sql`select from api.list_notifications(${stage.a.id}) where not is_read`;
    assert.equal(unread.length, 0);
  });
});

Deno.test("assign_session() refuses somebody who does not act for the tenant", async () => {
  await assert.rejects(
    stage.as(
      "agent of a",
      (sql) => sql`select api.assign_session(${stage.a.id}, ${stage.a.sessionId}, ${stage.b.people.agent})`,
    ),
    { code: "PT404", detail: "not_a_member" },
  );
});

Deno.test("release_session() puts a conversation and its request back into the queue", async () => {
  await stage.as("agent of a", async (sql) => {
    await sql`select api.take_over(${stage.a.id}, ${stage.a.sessionId})`;
    const [free] = await sql`select * from api.release_session(${stage.a.id}, ${stage.a.sessionId})`;
    assert.deepEqual([free?.holder, free?.assigned_to], ["queue", null]);
    const [escalation] = await sql`select status, claimed_by from escalations`;
    assert.deepEqual({ ...escalation }, { status: "open", claimed_by: null });
  });
});

Deno.test("reopen_session() gives a resolved conversation to who reopens it, unless a newer one is open", async () => {
  await stage.as("postgres", async (sql) => {
    await become(sql, "agent of a", stage);
    await sql`select api.resolve_session(${stage.a.id}, ${stage.a.sessionId})`;
    const [open] = await sql`select * from api.reopen_session(${stage.a.id}, ${stage.a.sessionId})`;
    assert.deepEqual([open?.status, open?.holder, open?.assigned_to], [
      "open",
      "human",
      stage.a.people.agent,
    ]);
    await sql`select api.resolve_session(${stage.a.id}, ${stage.a.sessionId})`;
    await become(sql, "worker of a", stage);
    await sql`insert into sessions (contact_id, config_id) values (${stage.a.contactId}, ${stage.a.configId})`;
    await become(sql, "agent of a", stage);
    assert.equal(
      await refusal(sql`select api.reopen_session(${stage.a.id}, ${stage.a.sessionId})`),
      "newer_is_open",
    );
  });
});

Deno.test("set_session_tags() and set_session_priority() keep what is sensible and say who did it", async () => {
  await stage.as("agent of a", async (sql) => {
    const [row] = await sql`
      select api.set_session_tags(${stage.a.id}, ${stage.a.sessionId}, '{" vip ",vip,"",pago}') as tags`;
    assert.deepEqual(row?.tags, ["pago", "vip"]);
    await sql`select api.set_session_priority(${stage.a.id}, ${stage.a.sessionId}, 3)`;
    assert.deepEqual([(await session(sql)).priority, (await session(sql)).tags], [3, ["pago", "vip"]]);
    const deeds = await sql`select name from events where actor_id = ${stage.a.people.agent} order by id`;
    assert.deepEqual(deeds.map((deed) => deed.name), ["session_tagged", "session_prioritised"]);
  });
});

Deno.test("get_contact() shows a person with identities and conversations, update_contact() corrects them", async () => {
  await stage.as("agent of a", async (sql) => {
    const changes = { name: "Ana María", attributes: { nit: "123" }, tags: ["vip"] };
    await sql`select api.update_contact(${stage.a.id}, ${stage.a.contactId}, ${sql.json(changes)})`;
    const [row] = await sql`select api.get_contact(${stage.a.id}, ${stage.a.contactId}) as contact`;
    const { contact } = row ?? {};
    assert.deepEqual([contact.name, contact.attributes, contact.tags], ["Ana María", { nit: "123" }, [
      "vip",
    ]]);
    assert.deepEqual(contact.identities, [{
      kind: "phone",
      external_id: "59170000000",
      channel_type: "whatsapp",
    }]);
    assert.equal(contact.sessions.length, 1);
    const [deed] = await sql`select body from events where name = 'contact_changed'`;
    assert.deepEqual(deed?.body, { keys: ["attributes", "name", "tags"] });
  });
});

Deno.test("block_contact() and set_opt_out() raise the fence, so that nothing computed before leaves", async () => {
  await stage.as("agent of a", async (sql) => {
    const before = Number(await sessionFence(sql));
    for (const isOn of [true, true, false]) {
      await sql`select api.block_contact(${stage.a.id}, ${stage.a.contactId}, ${isOn})`;
      await sql`select api.set_opt_out(${stage.a.id}, ${stage.a.contactId}, ${isOn})`;
    }
    assert.equal(Number(await sessionFence(sql)), before + 4);
    const { blocked_at, opted_out_at } = await session(sql);
    assert.deepEqual([blocked_at, opted_out_at], [null, null]);
  });
});

Deno.test("merge_contacts() makes the younger part of the older, raises fences, and cannot be done twice", async () => {
  await stage.as("agent of a", async (sql) => {
    await become(sql, "worker of a", stage);
    const [younger] = await sql<{ id: string }[]>`
      insert into contacts (name, attributes, blocked_at) values ('Ana B.', '{"city": "La Paz"}', now()) returning id`;
    const other = younger?.id ?? "";
    await sql`
      insert into contact_identities (contact_id, channel_type, kind, external_id)
      values (${other}, 'whatsapp', 'phone', '59179999999')`;
    const [moved] = await sql<{ id: string }[]>`
      insert into sessions (contact_id, config_id, status, resolved_at)
      values (${other}, ${stage.a.configId}, 'resolved', now()) returning id`;
    await become(sql, "agent of a", stage);
    const before = Number(await sessionFence(sql));
    const merge = (one: string, two: string) =>
      sql.savepoint((inner) => inner`select api.merge_contacts(${stage.a.id}, ${one}, ${two}) as kept`);
    assert.equal((await merge(other, stage.a.contactId))[0]?.kept, stage.a.contactId);
    const [{ contact } = { contact: null }] =
      await sql`select api.get_contact(${stage.a.id}, ${stage.a.contactId}) as contact`;
    assert.deepEqual(
      contact.identities.map((identity: { external_id: string }) => identity.external_id).sort(),
      ["59170000000", "59179999999"],
    );
    assert.ok(contact.sessions.some((each: { id: string }) => each.id === moved?.id));
    assert.equal(contact.attributes.city, "La Paz");
    assert.ok(contact.blocked_at, "who was blocked under either name stays so");
    assert.equal(Number(await sessionFence(sql)), before + 1);
    const [fence] = await sql`select fence from sessions where id = ${moved?.id ?? ""}`;
    assert.equal(Number(fence?.fence), 1);
    const [deed] = await sql`select actor_id, body from events where name = 'contacts_merged'`;
    assert.deepEqual([deed?.actor_id, deed?.body], [stage.a.people.agent, { contact_id: other }]);
    assert.equal(await refusal(merge(stage.a.contactId, other)), "already_merged");
    assert.equal(await refusal(merge(stage.a.contactId, stage.a.contactId)), "same_contact");
  });
});

Deno.test("save_quick_reply() keeps one reply a shortcut; who did not write it may not delete it, an owner may", async () => {
  await stage.as("admin of a", async (sql) => {
    const [saved] = await sql`select api.save_quick_reply(${stage.a.id}, 'precio', 'Son 320 USD') as id`;
    await sql`select api.save_quick_reply(${stage.a.id}, 'precios', 'Son 340 USD', ${saved?.id})`;
    assert.equal(
      await refusal(sql.savepoint((inner) => inner`select api.save_quick_reply(${stage.a.id}, 'HOLA', 'x')`)),
      "shortcut_taken",
    );
    assert.equal(
      await refusal(sql.savepoint((inner) => inner`select api.save_quick_reply(${stage.a.id}, 'a b', 'x')`)),
      "bad_quick_reply",
    );
    const list = await sql`select shortcut, content from api.list_quick_replies(${stage.a.id})`;
    assert.deepEqual(list.map((reply) => reply.shortcut), ["hola", "precios"]);
    const remove = async () =>
      (await sql`select api.delete_quick_reply(${stage.a.id}, ${saved?.id}) as done`)[0]?.done;
    await become(sql, "agent of a", stage);
    assert.equal(await remove(), false);
    await become(sql, "owner of a", stage);
    assert.equal(await remove(), true);
  });
});

Deno.test("the verbs of the desk refuse whoever does not act for the tenant, and do not find another's conversation", async () => {
  const calls = (sql: TransactionSql, tenantId: string, sessionId: string) => [
    () => sql`select api.assign_session(${tenantId}, ${sessionId}, ${stage.a.people.agent})`,
    () => sql`select api.release_session(${tenantId}, ${sessionId})`,
    () => sql`select api.reopen_session(${tenantId}, ${sessionId})`,
    () => sql`select api.set_session_tags(${tenantId}, ${sessionId}, '{}')`,
    () => sql`select api.set_session_priority(${tenantId}, ${sessionId}, 1)`,
    () => sql`select api.snooze_session(${tenantId}, ${sessionId}, null)`,
    () => sql`select api.send_message(${tenantId}, ${sessionId}, '{}')`,
    () => sql`select api.add_note(${tenantId}, ${sessionId}, ${sessionId}, 'x')`,
    () => sql`select api.update_contact(${tenantId}, ${stage.b.contactId}, '{}')`,
    () => sql`select api.block_contact(${tenantId}, ${stage.b.contactId})`,
    () => sql`select api.merge_contacts(${tenantId}, ${stage.a.contactId}, ${stage.b.contactId})`,
    () => sql`select api.set_opt_out(${tenantId}, ${stage.b.contactId})`,
  ];
  await stage.as("owner of b", async (sql) => {
    for (const call of calls(sql, stage.a.id, stage.a.sessionId)) {
      await assert.rejects(sql.savepoint(() => call()), { code: "42501" });
    }
  }, "b");
  await stage.as("agent of a", async (sql) => {
    for (const call of calls(sql, stage.a.id, stage.b.sessionId)) {
      await assert.rejects(sql.savepoint(() => call()), { code: "PT404" });
    }
  });
});
