import assert from "node:assert/strict";
import { sqlUserAdmin } from "../../../scripts/tenant/user-admin.ts";
import { buildProposal, scriptedModel } from "@app/sales-engine/testing.ts";
import { accept, startWorld, type TestTenant, type TestWorld } from "./testing.ts";

/** 1,000 for the whole proof: `TAKEOVER_RACES=1000`. */
const races = Number(Deno.env.get("TAKEOVER_RACES") ?? 100);
/** Conversations that are taken over at about the same time. */
const together = 20;

const threeReplies = buildProposal({
  replies: ["one", "two", "three"].map((text) => ({ text, buttons: [] })),
});

/** A person of the tenant takes over; resolves with the bot's messages that were claimed by then, in that transaction. */
async function takeOver(
  world: TestWorld,
  tenant: TestTenant,
  user: string,
  sessionId: string,
): Promise<Set<string>> {
  return await world.admin.begin(async (sql) => {
    await sql`select set_config('role', 'authenticated', true),
      set_config('request.jwt.claims', ${JSON.stringify({ sub: user, role: "authenticated" })}, true)`;
    await sql`select api.take_over(${tenant.id}, ${sessionId})`;
    const claimed = await sql<{ id: string }[]>`
      select id from messages where session_id = ${sessionId} and sender_type = 'bot' and attempts > 0`;
    return new Set(claimed.map(({ id }) => id));
  });
}

Deno.test(`no bot message is claimed after a takeover's commit: ${races} races`, async () => {
  const world = await startWorld();
  try {
    const tenant = await world.makeTenant();
    const user = await sqlUserAdmin(world.admin).ensureUser(
      "agent@races.test",
      "not-used-here",
    );
    // One person takes over hundreds of conversations in a few seconds: how often they may is not the question here.
    await world
      .admin`update private.rate_rules set per_second = 1e6, burst = 1e6 where kind in ('caller', 'tenant')`;
    await world.admin`
      insert into public.tenant_members (tenant_id, user_id, role, display_name) values (${tenant.id}, ${user.id}, 'agent', 'a')`;
    // Reproducible, and spread over the whole of a turn and its deliveries.
    let seed = 5;
    const random = () => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) / 2 ** 32;
    const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
    const worker = world.worker({
      model: scriptedModel(async () => {
        await pause(random() * 30);
        return threeReplies;
      }),
      post: async () => {
        await pause(random() * 20);
        return accept();
      },
    });
    const outcomes = { before: 0, between: 0, after: 0 };
    for (let race = 0; race < races; race += together) {
      const sessions = await Promise.all(Array.from(
        { length: Math.min(together, races - race) },
        (_, index) =>
          world.write(
            tenant,
            `5491${String(race + index).padStart(8, "0")}`,
            "hola",
          ),
      ));
      const run = worker.start();
      const claimed = await Promise.all(sessions.map(async (session) => {
        await pause(random() * 250);
        return await takeOver(world, tenant, user.id, session);
      }));
      await run.claimed;
      await run.finished;
      const ids = await world.look(
        tenant,
        (sql) =>
          sql<{ session_id: string; id: string }>`
          select m.session_id, m.id from messages m
          where m.session_id::text in (select jsonb_array_elements_text(${sql.json(sessions)}))
            and m.sender_type = 'bot' and m.attempts > 0`,
      );
      sessions.forEach((session, index) => {
        const mine = ids.filter(({ session_id }) => session_id === session).map(
          ({ id }) => id,
        );
        const known = claimed[index] ?? new Set();
        assert.deepEqual(
          mine.filter((id) => !known.has(id)),
          [],
          `race ${race + index}`,
        );
        outcomes[
          known.size === 0 ? "before" : known.size === 3 ? "after" : "between"
        ]++;
      });
    }
    assert.equal(outcomes.before + outcomes.between + outcomes.after, races);
    assert.ok(
      outcomes.before + outcomes.between > 0,
      "every takeover came too late to be a race",
    );
  } finally {
    await world.stop();
  }
});
