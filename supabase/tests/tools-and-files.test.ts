import assert from "node:assert/strict";
import type { TransactionSql } from "postgres";
import { handle as setToolSecret } from "../functions/set-tool-secret/handler.ts";
import { open, tenantSecretContext } from "../functions/_shared/sealed-secrets.ts";
import { type MemberWorld, startMemberWorld } from "./testing/member-world.ts";

let world: MemberWorld;
Deno.test.beforeAll(async () => void (world = await startMemberWorld()));
Deno.test.afterAll(() => world.stop());

const tool = {
  name: "find_order",
  description: "Finds an order.",
  parameters: { type: "object", properties: { id: { type: "string" } } },
  url_template: "https://shop.test/orders/{id}",
  method: "GET",
  secret_headers: ["x-api-key"],
  timeout_ms: 5_000,
};

const save = (sql: TransactionSql, changes: Record<string, unknown> = {}) =>
  sql`select api.save_tool(${world.a.id}, ${sql.json({ ...tool, ...changes } as never)}) as id`;

Deno.test("an admin defines, changes and deletes tools; agents read them", async () => {
  await world.as("admin of a", async (sql) => {
    const [first] = await save(sql);
    const [again] = await save(sql, { description: "Finds an order by its number.", retries: 2 });
    assert.equal(again?.id, first?.id);
    const listed = await sql`select * from api.list_tools(${world.a.id}) where name = 'find_order'`;
    assert.deepEqual(
      listed.map(({ description, retries, timeout_ms }) => [description, retries, timeout_ms]),
      [
        ["Finds an order by its number.", 2, 5_000],
      ],
    );
    const [gone] = await sql`select api.delete_tool(${world.a.id}, 'find_order') as is_gone,
      api.delete_tool(${world.a.id}, 'nothing') as was_none`;
    assert.deepEqual({ ...gone }, { is_gone: true, was_none: false });
  });
  await assert.rejects(world.as("agent of a", (sql) => save(sql)), { code: "42501" });
  const [row] = await world.as("agent of a", (sql) => sql`select name from api.list_tools(${world.a.id})`);
  assert.equal(row?.name, "staged");
});

Deno.test("a tool out of bounds is refused with the reason", async () => {
  for (
    const [changes, why] of [
      [{ name: "Find Order" }, /name_is_lowercase_words/],
      [{ name: "escalate" }, /the engine has one/],
      [{ description: " " }, /description_says_something/],
      [{ parameters: [] }, /parameters_are_a_schema/],
      [{ parameters: { type: "string" } }, /parameters_are_a_schema/],
      [{ url_template: "https://{host}/x" }, /url_has_a_fixed_host/],
      [{ url_template: "https://user@shop.test/x" }, /url_has_a_fixed_host/],
      [{ url_template: "ftp://shop.test/x" }, /url_has_a_fixed_host/],
      [{ method: "TRACE" }, /method_is_known/],
      [{ timeout_ms: 60_000 }, /timeout_is_bounded/],
      [{ timeout_ms: "soon" }, /integer/],
      [{ retries: 9 }, /retries_are_bounded/],
      [{ secret_headers: ["Host"] }, /lowercase name/],
      [{ secret_headers: ["host"] }, /sets itself/],
      [{ secret_headers: ["a", "b", "c", "d", "e", "f"] }, /secret_headers_are_few/],
    ] as const
  ) {
    await assert.rejects(
      world.as("owner of a", (sql) => save(sql, changes)),
      (error: { code: string; message: string }) => {
        assert.match(error.code, /^PT40[09]$/, error.message);
        assert.match(error.message, why);
        return true;
      },
    );
  }
});

Deno.test("set-tool-secret seals a header's value for the tool that has it", async () => {
  const post = async (body: Record<string, unknown>) =>
    await world.post(
      (request, context) => setToolSecret(request, context, world.ports),
      await world.tokenOf(world.a.people.owner),
      {
        tenant_id: world.a.id,
        tool: "staged",
        header: "x-api-key",
        value: "secret-of-the-shop-1234",
        ...body,
      },
    );
  assert.equal((await post({})).status, 404, "the tool has no such secret header");
  await world.sql`update ${world.sql(world.a.schemaName)}.tools set secret_headers = '{x-api-key}'`;
  const good = await post({});
  assert.deepEqual([good.status, good.body], [200, { name: "tool/staged/x-api-key", last_four: "1234" }]);
  const [row] = await world.sql`
    select name, key_id as "keyId", nonce, ciphertext from private.tenant_secrets where name like 'tool/%'`;
  assert.ok(row);
  const context = tenantSecretContext(world.a.id, row.name);
  assert.equal(open(row as never, world.ports.keys, context), "secret-of-the-shop-1234");
  for (const bad of [{ value: "two\nlines" }, { header: "X-Api-Key" }, { tool: "../x" }, { value: "" }]) {
    assert.equal((await post(bad)).status, 400);
  }
  await world.as("owner of a", async (sql) => {
    await sql`select api.delete_tool(${world.a.id}, 'staged')`;
    const left = await sql`select name from api.list_secrets(${world.a.id}) where name like 'tool/%'`;
    assert.equal(left.length, 0, "its secrets go with the tool");
  });
});

Deno.test("an admin shares files with the bot and takes them back", async () => {
  const share = (sql: TransactionSql, changes: Record<string, unknown> = {}, name = "prices") =>
    sql`select api.share_file(${world.a.id}, ${name}, 'All prices.', ${
      sql.json(
        {
          path: "outbound/prices.pdf",
          mime_type: "application/pdf",
          size: 1000,
          file_name: "prices.pdf",
          ...changes,
        } as never,
      )
    })`;
  await world.as("admin of a", async (sql) => {
    await share(sql);
    await share(sql, { path: "outbound/prices-2.pdf" });
    const listed =
      await sql`select name, path from api.list_shared_files(${world.a.id}) where name = 'prices'`;
    assert.deepEqual(listed.map((row) => ({ ...row })), [{ name: "prices", path: "outbound/prices-2.pdf" }]);
    const [row] = await sql`select api.unshare_file(${world.a.id}, 'prices') as is_gone,
      api.unshare_file(${world.a.id}, 'nothing') as was_none`;
    assert.deepEqual({ ...row }, { is_gone: true, was_none: false });
  });
  await assert.rejects(world.as("agent of a", (sql) => share(sql)), { code: "42501" });
  for (
    const bad of [{ path: "inbound/x.pdf" }, { path: "outbound/../x" }, { mime_type: "pdf" }, { size: -1 }]
  ) {
    await assert.rejects(
      world.as("owner of a", (sql) => share(sql, bad)),
      { code: "PT400" },
      JSON.stringify(bad),
    );
  }
  await assert.rejects(world.as("owner of a", (sql) => share(sql, {}, " ")), { code: "PT400" });
});
