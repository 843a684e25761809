import assert from "node:assert/strict";
import { changeBody, encodeBody } from "@app/channels/testing.ts";
import type { ContactIdentity } from "@app/contracts/mod.ts";
import { recordedChannel } from "../../testing/recorded.ts";
import { readWebhook } from "../read-webhook.ts";

const now = new Date("2026-11-21T12:00:00.000Z");

Deno.test("readWebhook() reads what the owner typed in the phone app", async () => {
  const { echoes = [], messages } = await recordedChannel("echoes", now);
  assert.deepEqual(messages, []);
  assert.deepEqual(echoes.map(({ type, content, change }) => [type, content, change?.kind]), [
    ["text", "Hola Ana, soy Luis", undefined],
    ["image", "así queda", undefined],
    ["system", "Hola Ana, soy Luis de ventas", "edited"],
    ["system", "", "revoked"],
  ]);
  assert.deepEqual(echoes[0]?.identities, [userId("MX.13491208655302741918"), phone("5215512345678")]);
  assert.equal(echoes[1]?.media?.externalId, "1908647");
});

Deno.test("readWebhook() reads a past, thread by thread, and tells who wrote", async () => {
  const { history: [chunk] = [] } = await recordedChannel("history", now);
  assert.deepEqual([chunk?.phase, chunk?.chunkOrder, chunk?.progress], [1, 2, 55]);
  const told = chunk?.threads.map(({ identities, messages }) => [
    identities.map(({ externalId }) => externalId).join(),
    ...messages.map(({ direction, type, content, status }) => `${direction} ${type} «${content}» ${status}`),
  ]);
  assert.deepEqual(told, [
    [
      "5215512345678",
      "inbound text «¿tienen cajas?» read",
      "outbound text «sí, ¿cuántas?» delivered",
      "inbound unsupported «» undefined",
    ],
    ["5511987654321", "outbound text «olá» failed"],
  ]);
});

Deno.test("readWebhook() reads the files of a past, which come later under the same ids", async () => {
  const { history: [chunk] = [] } = await recordedChannel("history-files", now);
  assert.deepEqual(chunk?.threads[0]?.identities, [phone("5215512345678")]);
  const [file] = chunk?.threads[0]?.messages ?? [];
  assert.deepEqual([file?.externalId, file?.direction, file?.media?.externalId], [
    "wamid.h3",
    "inbound",
    "24230790383178626",
  ]);
});

Deno.test("readWebhook() tells that the owner shares no past", async () => {
  const { history } = await recordedChannel("history-declined", now);
  assert.deepEqual(history, [{
    threads: [],
    refusal: { code: 2593109, title: "History sharing is turned off" },
  }]);
});

Deno.test("readWebhook() tells who wrote an old message where our number is not known", () => {
  const messages = [{ id: "a", from: "1" }, { id: "b", from: "2", to: "1" }];
  const value = {
    metadata: { phone_number_id: "7" },
    history: [{ threads: [{ id: "5215512345678", messages }] }],
  };
  const { channels: [delivery] } = readWebhook(encodeBody(changeBody("history", value)), now);
  assert.deepEqual(delivery?.history?.[0]?.threads[0]?.messages.map(({ direction }) => direction), [
    "inbound",
    "outbound",
  ]);
});

Deno.test("readWebhook() reads the address book of the owner's phone", async () => {
  const { contactSync } = await recordedChannel("address-book", now);
  assert.deepEqual(contactSync, [
    {
      action: "add",
      identities: [phone("5215512345678")],
      name: "Ana García",
      firstName: "Ana",
      timestamp: "2026-11-21T10:41:55.000Z",
    },
    { action: "remove", identities: [phone("5511987654321")], timestamp: "2026-11-21T10:41:56.000Z" },
  ]);
});

function phone(externalId: string): ContactIdentity {
  return { kind: "phone", externalId };
}

function userId(externalId: string): ContactIdentity {
  return { kind: "bsuid", externalId };
}
