import assert from "node:assert/strict";
import { z } from "zod";
import type { OutboundContent } from "@app/contracts/mod.ts";
import { processDueWork } from "@app/conversations/mod.ts";
import { channelSecretContext, readSecretKeys, seal } from "../_shared/sealed-secrets.ts";
import { openChannels } from "../_shared/open-channels.ts";
import { memoryFiles, startWorld, type TestTenant } from "./testing.ts";

const keys = readSecretKeys("k1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
const png = Uint8Array.from([
  0x89,
  0x50,
  0x4e,
  0x47,
  0x0d,
  0x0a,
  0x1a,
  0x0a,
  0,
  0,
  0,
  0x0d,
  0x49,
  0x48,
  0x44,
  0x52,
]);

/** Graph's part: takes what is posted and uploaded, and notes it. */
function serveGraph() {
  const posted: Record<string, unknown>[] = [];
  const uploads: string[] = [];
  const server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen() {} },
    async (request) => {
      if (new URL(request.url).pathname.endsWith("/media")) {
        uploads.push(String((await request.formData()).get("type")));
        return Response.json({ id: `900${uploads.length}` });
      }
      posted.push(await request.json());
      return Response.json({
        messaging_product: "whatsapp",
        messages: [{ id: `wamid.${crypto.randomUUID()}` }],
      });
    },
  );
  return {
    posted,
    uploads,
    server,
    url: `http://127.0.0.1:${server.addr.port}`,
  };
}

Deno.test("everything that can be said goes out through the queue", async (test) => {
  const world = await startWorld();
  const graph = serveGraph();
  const files = memoryFiles();
  const { ports } = world.worker();
  const meta = { graphBaseUrl: graph.url, graphVersion: "v26.0" };
  const run = async () => {
    const channels = openChannels(world.database, keys, meta);
    const work = processDueWork({ ...ports, files, channels });
    await work.claimed;
    await work.finished;
  };
  const tenant = await world.makeTenant();
  const sealed = seal(
    "token",
    keys,
    channelSecretContext(tenant.configId, "access_token"),
  );
  await world.admin`
    insert into private.channel_secrets (config_id, tenant_id, schema_name, name, key_id, nonce, ciphertext)
    values (${tenant.configId}, ${tenant.id}, ${tenant.schemaName}, 'access_token', ${sealed.keyId}, ${sealed.nonce},
      ${sealed.ciphertext})`;
  let people = 0;

  /** Queues a message of an agent to a person of its own. */
  async function queue(
    tenant: TestTenant,
    type: string,
    payload: unknown,
  ): Promise<string> {
    const session = await world.write(
      tenant,
      `5491${1_000_000 + ++people}`,
      "hola",
      { needsAnswer: false },
    );
    const [row] = await world.look(
      tenant,
      (sql) =>
        sql<{ id: string }>`with queued as (
          insert into messages (session_id, config_id, direction, sender_type, type, content, payload, status)
          values (${session}::uuid, ${tenant.configId}::uuid, 'outbound', 'agent', ${type}, '', ${
          sql.json(payload)
        },
            'queued')
          returning id
        ), due as (
          insert into private.due_work (tenant_id, schema_name, session_id, work, due_at)
          values (tenant_id(), ${tenant.schemaName}, ${session}::uuid, 'delivery', now())
        )
        select id from queued`,
    );
    return row?.id ?? "";
  }
  const messageOf = async (id: string) => {
    const [row] = await world.look(
      tenant,
      (sql) =>
        sql<{ status: string; error: Record<string, unknown> | null }>`
        select status, error from messages where id = ${id}::uuid`,
    );
    return row;
  };

  await test.step("reactions, location requests, links, templates, contacts, files by id and by link", async () => {
    const contents: [string, OutboundContent][] = [
      ["reaction", {
        type: "reaction",
        messageExternalId: "wamid.in",
        emoji: "👍",
      }],
      ["interactive", { type: "location_request", text: "¿Dónde estás?" }],
      ["interactive", {
        type: "cta_url",
        text: "Mira",
        label: "Abrir",
        url: "https://example.com/a",
      }],
      ["template", {
        type: "template",
        name: "pedido",
        language: "es_MX",
        body: [{ text: "Ana" }],
      }],
      ["contact", {
        type: "contacts",
        contacts: [{ name: "Ana", phones: [{ phone: "+59170000000" }] }],
      }],
      ["document", {
        type: "document",
        link: "https://example.com/a.pdf",
        fileName: "a.pdf",
      }],
      ["image", { type: "image", mediaExternalId: "8001", caption: "Cajas" }],
      ["location", {
        type: "location",
        latitude: -17.4,
        longitude: -66.1,
        name: "Fábrica",
      }],
    ];
    const ids: string[] = [];
    for (const [type, content] of contents) {
      ids.push(await queue(tenant, type, content));
    }
    await run();
    const byId = new Map(
      graph.posted.map((body) => [body.biz_opaque_callback_data, body]),
    );
    assert.deepEqual(
      ids.map((id) => byId.get(id)?.type),
      [
        "reaction",
        "interactive",
        "interactive",
        "template",
        "contacts",
        "document",
        "image",
        "location",
      ],
    );
    assert.deepEqual(byId.get(ids[0])?.reaction, {
      message_id: "wamid.in",
      emoji: "👍",
    });
    assert.deepEqual(byId.get(ids[6])?.image, { id: "8001", caption: "Cajas" });
    for (const id of ids) {
      assert.equal((await messageOf(id))?.status, "sending");
    }
  });

  await test.step("a limit is kept before anything is posted; the row tells which, and what to do", async () => {
    const before = graph.posted.length;
    const id = await queue(tenant, "interactive", {
      type: "buttons",
      text: "¿Cuál?",
      buttons: [{ id: "a", title: "Una caja con un nombre muy largo" }],
    });
    const odd = await queue(tenant, "interactive", {
      type: "hologram",
      text: "x",
    });
    await run();
    assert.equal(graph.posted.length, before);
    const message = await messageOf(id);
    assert.equal(message?.status, "failed");
    assert.equal(message?.error?.reason, "cannot_be_sent");
    assert.match(String(message?.error?.title), /change it and send it again/);
    assert.match(
      String(message?.error?.details),
      /buttons\.0\.title: 32 characters, want at most 20/,
    );
    assert.equal((await messageOf(odd))?.error?.reason, "cannot_be_sent");
  });

  await test.step("a file of the tenant's storage is uploaded once per number, and again when its id expires", async () => {
    const [media] = await world.look(
      tenant,
      (sql) =>
        sql<
          { id: string }
        >`insert into media (path, mime_type, status, file_name)
        values ('outbound/price-list.png', 'image/png', 'stored', 'price-list.png') returning id`,
    );
    files.stored.set(`${tenant.schemaName}/outbound/price-list.png`, png);
    const picture = {
      type: "image",
      storedMediaId: media?.id,
      caption: "Precios",
    };
    const first = await queue(tenant, "image", picture);
    await run();
    const second = await queue(tenant, "interactive", {
      type: "buttons",
      text: "¿Te interesa?",
      buttons: [{ id: "yes", title: "Sí" }],
      header: { type: "image", storedMediaId: media?.id },
    });
    await run();
    assert.deepEqual(graph.uploads, ["image/png"]);
    const byId = () =>
      new Map(
        graph.posted.map((body) => [body.biz_opaque_callback_data, body]),
      );
    assert.deepEqual(byId().get(first)?.image, {
      id: "9001",
      caption: "Precios",
    });
    assert.deepEqual(
      z.object({ header: z.unknown() }).parse(byId().get(second)?.interactive)
        .header,
      { type: "image", image: { id: "9001" } },
    );

    await world.look(
      tenant,
      (sql) => sql`update media_uploads set expires_at = now()`,
    );
    const third = await queue(tenant, "image", picture);
    await run();
    assert.equal(graph.uploads.length, 2);
    assert.deepEqual(byId().get(third)?.image, {
      id: "9002",
      caption: "Precios",
    });
  });

  await test.step("a file that stands with the row of a person's message goes out with it", async () => {
    const [media] = await world.look(
      tenant,
      (sql) =>
        sql<
          { id: string }
        >`select id from media where path = 'outbound/price-list.png'`,
    );
    for (const payload of [{}, { type: "image", caption: "Precios" }]) {
      const id = await queue(tenant, "image", payload);
      await world.look(
        tenant,
        (sql) =>
          sql`update messages set media_id = ${
            media?.id ?? ""
          }::uuid, content = 'Precios' where id = ${id}::uuid`,
      );
      await run();
      const sent = graph.posted.find((body) => body.biz_opaque_callback_data === id);
      assert.deepEqual(sent?.image, { id: "9002", caption: "Precios" });
    }
  });

  await test.step("a file that is gone, or that WhatsApp does not take, fails with the reason", async () => {
    const [media] = await world.look(
      tenant,
      (sql) =>
        sql<
          { id: string }
        >`insert into media (path, mime_type, status) values ('outbound/gone.png', 'image/png', 'stored')
        returning id`,
    );
    const gone = await queue(tenant, "image", {
      type: "image",
      storedMediaId: media?.id,
    });
    await run();
    assert.equal((await messageOf(gone))?.error?.reason, "file_missing");
    files.stored.set(
      `${tenant.schemaName}/outbound/gone.png`,
      Uint8Array.from([0x4d, 0x5a, 0, 0]),
    );
    const program = await queue(tenant, "image", {
      type: "image",
      storedMediaId: media?.id,
    });
    await run();
    assert.match(
      String((await messageOf(program))?.error?.details),
      /want image\/jpeg, image\/png/,
    );
  });

  await graph.server.shutdown();
  await world.stop();
});
