import assert from "node:assert/strict";
import { humanMessageRequest } from "@app/contracts/mod.ts";
import { buildMessage } from "../../lib/testing.ts";
import { sameAgain } from "./same-again.ts";

const isTaken = (message: ReturnType<typeof sameAgain>) =>
  humanMessageRequest.shape.message.safeParse({ id: crypto.randomUUID(), ...message }).success;

Deno.test("sameAgain() repeats words, templates and files, without what became of them", () => {
  const text = sameAgain(buildMessage({ content: "hola", payload: { reactions: [] } }));
  assert.deepEqual(text, { type: "text", content: "hola" });
  const payload = { type: "template", name: "hola", language: "es" };
  const template = sameAgain(buildMessage({ type: "template", content: "Hola Ana", payload }));
  assert.deepEqual(template, { type: "template", content: "Hola Ana", payload });
  const media = {
    id: "1",
    path: "outbound/1/2.png",
    mime_type: "image/png",
    size: 5,
    file_name: "a.png",
    duration_ms: null,
    transcript: null,
    description: null,
    status: "stored",
  };
  const image = sameAgain(buildMessage({ type: "image", content: "", payload: { type: "image" }, media }));
  assert.deepEqual(image.media, { path: media.path, mime_type: "image/png", size: 5, file_name: "a.png" });
  assert.ok([text, template, image].every(isTaken));
});
