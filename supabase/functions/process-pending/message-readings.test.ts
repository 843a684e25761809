import assert from "node:assert/strict";
import { sqlUserAdmin } from "../../../scripts/tenant/user-admin.ts";
import { buildProposal, scriptedModel } from "@app/sales-engine/testing.ts";
import { startWorld } from "./testing.ts";

Deno.test("api.list_messages() shows the language, intent and sentiment that a turn read in each message", async () => {
  const world = await startWorld();
  try {
    const tenant = await world.makeTenant();
    const { id: user } = await sqlUserAdmin(world.admin).ensureUser(
      "agent@readings.test",
      "not-used-here",
    );
    await world.admin`
      insert into public.tenant_members (tenant_id, user_id, role, display_name) values (${tenant.id}, ${user}, 'agent', 'a')`;
    const says = (
      language: string,
      intent: string,
      sentiment: "negative" | "positive",
    ) =>
      buildProposal({
        language,
        intent,
        sentiment,
        replies: [{ text: "ok", buttons: [] }],
      });
    const phone = "5491100000001";
    let sessionId = "";
    const burst = async (
      texts: string[],
      proposal: ReturnType<typeof says>,
    ) => {
      for (const text of texts) {
        sessionId = await world.write(tenant, phone, text);
      }
      await world.worker({ model: scriptedModel(proposal) }).run();
    };
    await burst(["oi", "quanto custa?"], says("pt", "asks_price", "positive"));
    // Nobody's turn: a person answers this one.
    await world.admin`update ${world.admin(tenant.schemaName)}.sessions set holder = 'human'`;
    await burst(["alguém aí?"], says("xx", "never", "negative"));
    await world.look(tenant, (sql) => sql`delete from pending_messages`);
    await world.admin`update ${world.admin(tenant.schemaName)}.sessions set holder = 'bot'`;
    await burst(["this is slow"], says("en", "complains", "negative"));

    const read = (more: string) =>
      world.admin.begin(async (sql) => {
        await sql`select set_config('role', 'authenticated', true),
          set_config('request.jwt.claims', ${JSON.stringify({ sub: user, role: "authenticated" })}, true)`;
        return await sql<
          Record<
            "content" | "language" | "intent" | "sentiment",
            string | null
          >[]
        >`
          select content, language, intent, sentiment from api.list_messages(${tenant.id}, ${sessionId} ${
          sql.unsafe(more)
        })
          where direction = 'inbound' order by seq`;
      });
    const expected = [
      ["oi", "pt", "asks_price", "positive"],
      ["quanto custa?", "pt", "asks_price", "positive"],
      ["alguém aí?", null, null, null],
      ["this is slow", "en", "complains", "negative"],
    ];
    assert.deepEqual(
      (await read("")).map((row) => Object.values(row)),
      expected,
    );
    // A page of the past is read like the newest one.
    const [last] = await world.look(
      tenant,
      (sql) => sql<{ seq: number }>`select max(seq) as seq from messages`,
    );
    const earlier = (await read(`, p_before_seq => ${Number(last?.seq)}, p_limit => 4`)).map((
      row,
    ) => Object.values(row));
    assert.deepEqual(earlier, expected.slice(4 - earlier.length));
    const [turn] = await world.look(
      tenant,
      (sql) => sql`select language, intent, sentiment from turns order by created_at desc limit 1`,
    );
    assert.deepEqual({ ...turn }, {
      language: "en",
      intent: "complains",
      sentiment: "negative",
    });
  } finally {
    await world.stop();
  }
});
