import assert from "node:assert/strict";
import { buildProposal, demoMachines, scriptedModel } from "@app/sales-engine/testing.ts";
import type { ModelRequest } from "@app/sales-engine/mod.ts";
import { startWorld } from "./testing.ts";

Deno.test("a file that a model sends by name follows the replies of its turn", async () => {
  const world = await startWorld();
  try {
    const tenant = await world.makeTenant();
    const { initial, states } = demoMachines.gym;
    const definition = {
      ...demoMachines.gym,
      states: {
        ...states,
        [initial]: { ...states[initial], tools: ["send_media"] },
      },
    };
    const schema = world.admin(tenant.schemaName);
    await world.admin`
      insert into ${schema}.state_machine_versions (state_machine_id, version, definition, published_at)
      select id, 2, ${
      world.admin.json(JSON.parse(JSON.stringify(definition)))
    }, now() from ${schema}.state_machines`;
    await world.look(tenant, (sql) =>
      sql`with file as (
          insert into media (path, mime_type, size, file_name, status)
          values ('outbound/prices.pdf', 'application/pdf', 10, 'prices.pdf', 'stored') returning id
        )
        insert into shared_files (name, description, media_id) select 'Price list', 'All prices.', id from file`);
    const results: string[] = [];
    const model = scriptedModel(
      buildProposal({ replies: [{ text: "Aquí tienes.", buttons: [] }] }),
    );
    const { complete } = model;
    const calling = Object.assign(model, {
      async complete(request: ModelRequest, signal: AbortSignal) {
        const reply = await complete.call(model, request, signal);
        results.push(
          ...request.toolExchanges?.flatMap((each) => each.results.map(({ text }) => text)) ?? [],
        );
        if ((request.toolExchanges ?? []).length > 0) return reply;
        const call = (id: string, name: string) => ({
          id,
          name: "send_media",
          input: { name, caption: "Precios" },
        });
        return {
          ...reply,
          answer: null,
          toolCalls: [call("1", "Price list"), call("2", "Passwords")],
        };
      },
    });
    const worker = world.worker({ model: calling });
    await world.write(tenant, "5491100000001", "¿me mandas los precios?");
    await worker.run();
    assert.match(results[1] ?? "", /no file of that name/);
    const queued = await world.look(
      tenant,
      (sql) =>
        sql`select m.type, m.payload - 'storedMediaId' as payload, m.payload ->> 'storedMediaId' = d.id::text as is_file
        from messages m cross join media d where m.direction = 'outbound' order by m.seq`,
    );
    assert.deepEqual(queued.map((row) => ({ ...row })), [
      {
        type: "text",
        payload: { type: "text", text: "Aquí tienes." },
        is_file: null,
      },
      {
        type: "document",
        payload: {
          type: "document",
          caption: "Precios",
          fileName: "prices.pdf",
        },
        is_file: true,
      },
    ]);
  } finally {
    await world.stop();
  }
});
