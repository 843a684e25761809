import assert from "node:assert/strict";
import { answerVerification } from "./answer-verification.ts";

Deno.test("answerVerification() gives the challenge back verbatim for a known token", () => {
  const url = call({
    "hub.mode": "subscribe",
    "hub.verify_token": "second",
    "hub.challenge": "115 8201<444>",
  });
  assert.equal(answerVerification(url, ["first", "second"]), "115 8201<444>");
});

Deno.test("answerVerification() refuses an unknown token, another mode and missing parts", () => {
  const right = { "hub.mode": "subscribe", "hub.verify_token": "first", "hub.challenge": "1" };
  const wrong: Record<string, string>[] = [
    { ...right, "hub.verify_token": "firs" },
    { ...right, "hub.verify_token": "FIRST" },
    { ...right, "hub.mode": "unsubscribe" },
    { "hub.verify_token": "first", "hub.challenge": "1" },
    { "hub.mode": "subscribe", "hub.challenge": "1" },
    { "hub.mode": "subscribe", "hub.verify_token": "first" },
    {},
  ];
  for (const parts of wrong) {
    assert.equal(answerVerification(call(parts), ["first"]), null, JSON.stringify(parts));
  }
});

Deno.test("answerVerification() never takes an unset token for a match", () => {
  const url = call({ "hub.mode": "subscribe", "hub.verify_token": "", "hub.challenge": "1" });
  assert.equal(answerVerification(url, [""]), null);
});

function call(parts: Record<string, string>): URL {
  return new URL(`https://example.com/webhook-whatsapp?${new URLSearchParams(parts)}`);
}
