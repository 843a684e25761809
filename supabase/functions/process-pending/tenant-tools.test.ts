import assert from "node:assert/strict";
import { buildProposal, demoMachines, scriptedModel } from "@app/sales-engine/testing.ts";
import type { ModelRequest } from "@app/sales-engine/mod.ts";
import { randomBytes } from "node:crypto";
import { readSecretKeys, seal, tenantSecretContext } from "../_shared/sealed-secrets.ts";
import { openTools } from "./open-tools.ts";
import { startWorld, type TestTenant, type TestWorld } from "./testing.ts";
import type { ToolRequest } from "./tools/send-request.ts";

const person = "5491100000001";
const keys = readSecretKeys(`k1:${randomBytes(32).toString("base64")}`);

async function defineTool(world: TestWorld, tenant: TestTenant): Promise<void> {
  await world.look(
    tenant,
    (sql) =>
      sql`insert into tools (name, description, parameters, url_template, method, secret_headers)
      values ('find_order', 'Finds an order.', ${
        sql.json({
          type: "object",
          properties: { id: { type: "string" } },
          required: ["id"],
        })
      }, 'https://shop.test/orders/{id}', 'GET', '{x-api-key}')`,
  );
  const name = "tool/find_order/x-api-key";
  const { keyId, nonce, ciphertext } = seal(
    "secret-of-the-shop",
    keys,
    tenantSecretContext(tenant.id, name),
  );
  await world.admin`
    insert into private.tenant_secrets (tenant_id, schema_name, name, key_id, nonce, ciphertext)
    values (${tenant.id}, ${tenant.schemaName}, ${name}, ${keyId}, ${nonce}, ${ciphertext})`;
  const { initial, states } = demoMachines.gym;
  const first = states[initial];
  const definition = {
    ...demoMachines.gym,
    states: {
      ...states,
      [initial]: { ...first, tools: [...first?.tools ?? [], "find_order"] },
    },
  };
  await world.admin`
    insert into ${world.admin(tenant.schemaName)}.state_machine_versions
      (state_machine_id, version, definition, published_at)
    select id, 2, ${world.admin.json(JSON.parse(JSON.stringify(definition)))}, now()
    from ${world.admin(tenant.schemaName)}.state_machines`;
}

Deno.test("a turn calls the tools that the tenant has defined, once, also when it has to run again", async () => {
  const world = await startWorld();
  try {
    const tenant = await world.makeTenant();
    await defineTool(world, tenant);
    const sent: ToolRequest[] = [];
    const tools = openTools(world.database, keys, {
      resolve: () => Promise.resolve(["93.184.216.34"]),
      testHosts: [],
      send(request) {
        sent.push(request);
        return Promise.resolve({
          status: 200,
          contentType: "application/json",
          text: '{"status":"shipped"}',
        });
      },
    });
    let isOvertaken = false;
    const prompts: string[] = [];
    const model = scriptedModel(async (request: ModelRequest) => {
      prompts.push(JSON.stringify(request.blocks));
      const results = request.toolExchanges?.flatMap(({ results }) => results) ?? [];
      if (results.length > 0 && !isOvertaken) {
        isOvertaken = true;
        await world.write(tenant, person, "¿y bien?");
      }
      return buildProposal({
        replies: [{ text: results[0]?.text ?? "no tool", buttons: [] }],
      });
    });
    const { complete } = model;
    const calling = Object.assign(model, {
      async complete(request: ModelRequest, signal: AbortSignal) {
        if ((request.toolExchanges ?? []).length > 0) {
          return await complete.call(model, request, signal);
        }
        const reply = await complete.call(model, request, signal);
        return {
          ...reply,
          answer: null,
          toolCalls: [{ id: "1", name: "find_order", input: { id: "A/1" } }],
        };
      },
    });
    const worker = world.worker({ model: calling, tools });
    await world.write(tenant, person, "¿dónde está mi pedido A/1?");
    await worker.run();
    assert.deepEqual(worker.reports, []);
    assert.match(JSON.stringify(worker.posts.at(-1)?.content), /shipped/);
    assert.equal(
      sent.length,
      1,
      "the second draft keeps what the first had found",
    );
    assert.equal(sent[0]?.target.url.href, "https://shop.test/orders/A%2F1");
    assert.equal(sent[0]?.target.address, "93.184.216.34");
    assert.equal(sent[0]?.headers["x-api-key"], "secret-of-the-shop");
    assert.match(sent[0]?.headers["idempotency-key"] ?? "", /find_order/);
    const turns = await world.look(
      tenant,
      (sql) =>
        sql`select t.status, t.evidence::text as evidence from turns t
      order by t.created_at`,
    );
    assert.deepEqual(turns.map(({ status }) => status), [
      "superseded",
      "committed",
    ]);
    const everything = JSON.stringify([turns, prompts]);
    assert.ok(
      !everything.includes("secret-of-the-shop"),
      "no secret is in a prompt or in the ledger",
    );
  } finally {
    await world.stop();
  }
});
