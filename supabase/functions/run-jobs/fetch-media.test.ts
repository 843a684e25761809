import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { defaultJobSettings, fetchMedia, runJobs, systemTimers } from "@app/conversations/mod.ts";
import { channelSecretContext, readSecretKeys, seal } from "../_shared/sealed-secrets.ts";
import { memoryFiles, startWorld, type TestTenant } from "../process-pending/testing.ts";
import { openRemoteFiles } from "./open-remote-files.ts";

const keys = readSecretKeys("k1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
const token = "the-token-of-the-number";
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
  0,
  0,
  0,
  1,
  0,
  0,
  0,
  1,
  8,
  6,
  0,
  0,
  0,
  0x1f,
  0x15,
  0xc4,
  0x89,
]);

/** Graph's part: where a file is, by its id, and the file itself for who shows the token. */
function serveFiles() {
  const files = new Map<string, Response | (() => Response)>();
  const tokens: (string | null)[] = [];
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, (request) => {
    const url = new URL(request.url);
    tokens.push(request.headers.get("authorization"));
    const [kind, id = ""] = url.pathname.split("/").slice(-2);
    if (kind === "file") return new Response(png);
    const answer = files.get(id);
    return typeof answer === "function" ? answer() : answer ?? Response.json({
      url: `${url.origin}/file/${id}`,
      mime_type: "image/png",
      sha256: createHash("sha256").update(png).digest("hex"),
      file_size: png.length,
      id,
    });
  });
  return { files, tokens, server, url: `http://127.0.0.1:${server.addr.port}` };
}

Deno.test("fetchMedia() brings what customers sent into the tenant's bucket", async (test) => {
  const world = await startWorld();
  const graph = serveFiles();
  const files = memoryFiles();
  const job = fetchMedia({
    database: world.database,
    files,
    remote: openRemoteFiles(world.database, { graphBaseUrl: graph.url, graphVersion: "v26.0", keys }),
  });
  const reports: string[] = [];
  const run = () =>
    runJobs([job], {
      database: world.database,
      timers: systemTimers,
      settings: { ...defaultJobSettings, backoffSeconds: 0.001 },
      report: (event, error) => void reports.push(`${event} ${error}`),
    });

  const tenantWithToken = async (): Promise<TestTenant> => {
    const tenant = await world.makeTenant();
    const sealed = seal(token, keys, channelSecretContext(tenant.configId, "access_token"));
    await world.admin`
      insert into private.channel_secrets (config_id, tenant_id, schema_name, name, key_id, nonce, ciphertext)
      values (${tenant.configId}, ${tenant.id}, ${tenant.schemaName}, 'access_token', ${sealed.keyId}, ${sealed.nonce},
        ${sealed.ciphertext})`;
    return tenant;
  };
  const sendPicture = (tenant: TestTenant, id: string) =>
    world.write(tenant, "5491100000001", "", {
      type: "image",
      media: { externalId: id, mimeType: "image/png" },
      payload: { image: { id } },
    });
  const mediaOf = async (tenant: TestTenant) => {
    const [row] = await world.look(
      tenant,
      (sql) =>
        sql<
          { id: string; status: string; failure: string | null; path: string | null; sha256: string | null }
        >`
        select id, status, failure, path, sha256, mime_type, size from media order by created_at desc limit 1`,
    );
    return row;
  };

  await test.step("once, with the token of its number; the row says where it is and what it is", async () => {
    const tenant = await tenantWithToken();
    await sendPicture(tenant, "70001");
    assert.deepEqual(await run(), { done: 1, failed: 0 });
    const media = await mediaOf(tenant);
    assert.equal(media?.status, "stored");
    assert.equal(media?.path, `inbound/${media?.id}`);
    assert.equal(media?.sha256, createHash("sha256").update(png).digest("hex"));
    assert.deepEqual(files.stored.get(`${tenant.schemaName}/${media?.path}`), png);
    assert.deepEqual(new Set(graph.tokens), new Set([`Bearer ${token}`]));
    const [told] = await world.admin`
      select payload from realtime.messages where event = 'messages_changed' and topic like ${`tenant:${tenant.id}:%`}`;
    assert.equal(told?.payload.count, 1);
    assert.deepEqual(await run(), { done: 0, failed: 0 });
  });

  await test.step("again after trouble, and gives up what is gone, too big or something else", async () => {
    const gone = Response.json({ error: { code: 100, message: "does not exist" } }, { status: 400 });
    const wanted = [
      ["70002", gone, "expired"],
      [
        "70003",
        Response.json({ url: `${graph.url}/file/x`, mime_type: "image/png", file_size: 200_000_000 }),
        "too_large",
      ],
    ] as const;
    for (const [id, answer, failure] of wanted) {
      const tenant = await tenantWithToken();
      graph.files.set(id, answer);
      await sendPicture(tenant, id);
      assert.deepEqual(await run(), { done: 1, failed: 0 }, id);
      const media = await mediaOf(tenant);
      assert.deepEqual([media?.status, media?.failure], ["failed", failure]);
    }
    const tenant = await tenantWithToken();
    let tries = 0;
    graph.files.set("70004", () =>
      ++tries === 1 ? new Response("<html>", { status: 502 }) : Response.json({
        url: `${graph.url}/file/70004`,
        mime_type: "image/png",
      }));
    await sendPicture(tenant, "70004");
    for (let look = 0; look < 50 && (await mediaOf(tenant))?.status !== "stored"; look++) {
      await run();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    assert.equal(tries, 2);
    assert.equal((await mediaOf(tenant))?.status, "stored");
    assert.equal(reports.length, 1);
  });

  await test.step("nothing after 7 days, when Meta has deleted it", async () => {
    const tenant = await tenantWithToken();
    await sendPicture(tenant, "70005");
    await world.look(tenant, (sql) => sql`update media set created_at = now() - interval '8 days'`);
    await run();
    const media = await mediaOf(tenant);
    assert.deepEqual([media?.status, media?.failure], ["failed", "expired"]);
  });

  await graph.server.shutdown();
  await world.stop();
});

Deno.test("openRemoteFiles() takes the token to no other host", async () => {
  const world = await startWorld();
  const graph = serveFiles();
  const elsewhere = serveFiles();
  const tenant = await world.makeTenant();
  const sealed = seal(token, keys, channelSecretContext(tenant.configId, "access_token"));
  await world.admin`
    insert into private.channel_secrets (config_id, tenant_id, schema_name, name, key_id, nonce, ciphertext)
    values (${tenant.configId}, ${tenant.id}, ${tenant.schemaName}, 'access_token', ${sealed.keyId}, ${sealed.nonce},
      ${sealed.ciphertext})`;
  graph.files.set("70006", Response.json({ url: `${elsewhere.url}/file/70006`, mime_type: "image/png" }));
  const remote = openRemoteFiles(world.database, { graphBaseUrl: graph.url, graphVersion: "v26.0", keys });
  const fetching = remote.fetch(
    tenant,
    tenant.configId,
    { externalId: "70006", kind: "image" },
    1_000,
    AbortSignal.timeout(5_000),
  );
  await assert.rejects(fetching, /not an allowed origin/);
  assert.deepEqual(elsewhere.tokens, []);
  await graph.server.shutdown();
  await elsewhere.server.shutdown();
  await world.stop();
});
