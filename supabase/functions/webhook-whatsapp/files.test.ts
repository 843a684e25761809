import assert from "node:assert/strict";
import { type Customer, deliveryBody, mediaMessage, rawMessage, textMessage } from "@app/channels/testing.ts";
import { echoMessage, fieldBody, newCustomer, seconds, type Shop, startWebhook } from "./testing.ts";

const webhook = await startWebhook();
const { sql } = webhook.database;
Deno.test.afterAll(() => webhook.stop());

/** The jobs that fetch files of a shop: which file, and in how many seconds. */
async function fetches(shop: Shop) {
  const media = new Map((await webhook.rows(shop, "media")).map(({ id, external_id }) => [id, external_id]));
  const jobs = await sql<{ mediaId: string; kind: string; inSeconds: number }[]>`
    select j.payload ->> 'mediaId' as "mediaId", j.payload ->> 'kind' as kind,
      extract(epoch from j.due_at - j.created_at)::float8 as "inSeconds"
    from private.jobs j where j.tenant_id = ${shop.id} and j.name = 'fetch_media' order by j.created_at`;
  return jobs.map(({ mediaId, kind, inSeconds }) => ({ file: media.get(mediaId), kind, inSeconds }));
}

function post(shop: Shop, from: Customer, message: Record<string, unknown> & { id: string }) {
  return webhook.receive(deliveryBody({
    phoneNumberId: shop.phoneNumberId,
    customers: [from],
    messages: [message],
  }));
}

async function wakesOf(act: () => Promise<unknown>): Promise<number> {
  const before = webhook.jobWakes();
  await act();
  return webhook.jobWakes() - before;
}

Deno.test("handle() has a new file fetched at once, and wakes nobody for words or for what was there already", async () => {
  const [shop, ana] = [await webhook.makeShop(), newCustomer()];
  const picture = mediaMessage({ from: ana }, "image");
  assert.equal(await wakesOf(() => post(shop, ana, textMessage({ from: ana }, "mira"))), 0);
  assert.equal(await wakesOf(() => post(shop, ana, picture)), 1);
  assert.equal(await wakesOf(() => post(shop, ana, picture)), 0);
  const [one, ...more] = await fetches(shop);
  assert.deepEqual([one?.kind, one?.inSeconds, more.length], ["image", 0, 0]);
});

Deno.test("handle() has the new file of an edited message fetched at once", async () => {
  const [shop, ana] = [await webhook.makeShop(), newCustomer()];
  const picture = mediaMessage({ from: ana, at: new Date(Date.now() - 60_000) }, "image");
  await post(shop, ana, picture);
  const edit = rawMessage({ from: ana }, "edit", {
    edit: {
      original_message_id: picture.id,
      message: { type: "document", document: { id: "77", mime_type: "application/pdf" } },
    },
  });
  assert.equal(await wakesOf(() => post(shop, ana, edit)), 1);
  const second = (await fetches(shop)).at(-1);
  assert.deepEqual(second, { file: "77", kind: "document", inSeconds: 0 });
});

Deno.test("handle() has files fetched that the owner sent from the phone app", async () => {
  const [shop, ana] = [await webhook.makeShop(), newCustomer()];
  const echo = echoMessage(ana, "", { type: "image", image: { id: "88", mime_type: "image/png" } });
  const wakes = await wakesOf(() =>
    webhook.receive(fieldBody(shop, "smb_message_echoes", { message_echoes: [echo] }))
  );
  assert.equal(wakes, 1);
  assert.deepEqual(await fetches(shop), [{ file: "88", kind: "image", inSeconds: 0 }]);
});

Deno.test("handle() has files of the past fetched within ten minutes, so that new ones pass them", async () => {
  const [shop, ana] = [await webhook.makeShop(), newCustomer()];
  const at = seconds(new Date(Date.now() - 86_400_000));
  const files = Array.from({ length: 40 }, (_, place) => ({
    from: ana.phone,
    id: `wamid.old${place}`,
    timestamp: at,
    type: "image",
    image: { id: `9${place}`, mime_type: "image/jpeg" },
  }));
  await webhook.receive(fieldBody(shop, "history", { messages: files }));
  const planned = await fetches(shop);
  assert.deepEqual(planned.map(({ file }) => file).sort(), files.map(({ image }) => image.id).sort());
  assert.ok(planned.every(({ inSeconds }) => inSeconds >= 0 && inSeconds <= 600));
  assert.ok(planned.filter(({ inSeconds }) => inSeconds > 60).length > 20, JSON.stringify(planned));
});
