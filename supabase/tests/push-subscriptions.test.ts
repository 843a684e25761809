import assert from "node:assert/strict";
import type { TransactionSql } from "postgres";
import { type Actor, become } from "./testing/become.ts";
import { type Stage, startStage } from "./testing/stage.ts";

let stage: Stage;
Deno.test.beforeAll(async () => void (stage = await startStage()));
Deno.test.afterAll(() => stage.stop());

const chrome = "https://fcm.googleapis.com/fcm/send/device-1";
const keys = { p256dh: "C".repeat(87), auth: "d".repeat(22) };

const keep = (sql: TransactionSql, endpoint = chrome, more: object = {}) =>
  sql`select api.keep_push_subscription(${stage.a.id}, ${
    sql.json({ endpoint, keys, ...more } as never)
  }, 'en') as id`;
const devices = async (sql: TransactionSql) =>
  (await sql`select endpoint from api.list_push_devices(${stage.a.id})`).map(({ endpoint }) => endpoint);

async function asEach(sql: TransactionSql, actors: Actor[], work: (actor: Actor) => Promise<void>) {
  for (const actor of actors) {
    await become(sql, actor, stage);
    await work(actor);
  }
}

Deno.test("keep_push_subscription() keeps a device once, for whoever uses it now", async () => {
  await stage.as("admin of a", async (sql) => {
    const [first] = await keep(sql);
    const [again] = await keep(sql);
    assert.equal(again?.id, first?.id);
    assert.deepEqual(await devices(sql), [chrome]);
    await become(sql, "owner of a", stage);
    assert.deepEqual(await devices(sql), []);
    await keep(sql);
    assert.deepEqual(await devices(sql), [chrome]);
    await become(sql, "admin of a", stage);
    assert.deepEqual(await devices(sql), []);
  });
});

Deno.test("keep_push_subscription() takes addresses of push services only", async () => {
  const bad = [
    "https://evil.test/x",
    "http://fcm.googleapis.com/x",
    "https://fcm.googleapis.com.evil.test/x",
    "https://fcm.googleapis.com:8443/x",
    "https://me@fcm.googleapis.com/x",
    "https://evil.test/https://fcm.googleapis.com/x",
    "https://evilpush.services.mozilla.com.evil.test/",
    "https://169.254.169.254/latest",
    "https://notify.windows.com",
    "HTTPS://FCM.GOOGLEAPIS.COM/x",
  ];
  const good = [
    "https://updates.push.services.mozilla.com/wpush/v2/x",
    "https://wns2-par02p.notify.windows.com/w/?token=x",
    "https://web.push.apple.com/QO",
  ];
  await stage.as("agent of a", async (sql) => {
    for (const endpoint of bad) {
      await assert.rejects(
        sql.savepoint((inner) => keep(inner, endpoint)),
        { code: "PT400", detail: "unknown_push_service" },
        endpoint,
      );
    }
    for (const endpoint of good) await keep(sql, endpoint);
    for (
      const wrong of [{ keys: {} }, { keys: { ...keys, p256dh: "x" } }, {
        keys: { ...keys, auth: "é".repeat(22) },
      }]
    ) {
      await assert.rejects(sql.savepoint((inner) => keep(inner, chrome, wrong)), {
        detail: "not_a_subscription",
      });
    }
  });
});

Deno.test("a person sees, forgets and tries their own devices, ten at most", async () => {
  await stage.as("admin of a", async (sql) => {
    for (let n = 0; n < 12; n++) await keep(sql, `${chrome}-${n}`);
    assert.equal((await devices(sql)).length, 10);
    const [own] = await keep(sql, `${chrome}-11`);
    await asEach(sql, ["agent of a", "owner of a"], async () => {
      assert.ok(!(await devices(sql)).includes(`${chrome}-11`));
      const [left] = await sql`select api.forget_push_subscription(${stage.a.id}, ${`${chrome}-11`}) as left`;
      assert.equal(left?.left, 0);
      await assert.rejects(
        sql.savepoint((inner) => inner`select api.try_push(${stage.a.id}, ${own?.id})`),
        { code: "PT404" },
      );
    });
    await become(sql, "admin of a", stage);
    await sql`select api.try_push(${stage.a.id}, ${own?.id})`;
    await sql`select api.try_push(${stage.a.id}, ${own?.id})`;
    await become(sql, "postgres", stage);
    assert.equal((await sql`select from private.jobs where name = 'send_push'`).length, 1);
    await become(sql, "admin of a", stage);
    await sql`select api.forget_push_subscription(${stage.a.id}, ${`${chrome}-11`})`;
    assert.ok(!(await devices(sql)).includes(`${chrome}-11`));
  });
});

Deno.test("whoever is no member any more is told nothing", async () => {
  await stage.as("postgres", async (sql) => {
    await sql`delete from public.tenant_members where tenant_id = ${stage.a.id} and user_id = ${stage.a.people.agent}`;
    assert.equal(
      (await sql`select from public.push_subscriptions where tenant_id = ${stage.a.id}`).length,
      0,
    );
  });
});
