import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { messageTag, messageTags } from "./message-tag.ts";

Deno.test("messageTag() gives each id its own name, the same each time", () => {
  const ids = Array.from({ length: 50_000 }, () => `wamid.HBgN${randomBytes(18).toString("base64url")}`);
  const tags = new Set(ids.map(messageTag));
  assert.equal(tags.size, ids.length);
  assert.match(messageTag("wamid.x"), /^[0-9a-f]{16}$/);
  assert.equal(messageTag("wamid.x"), messageTag("wamid.x"));
});

Deno.test("messageTags() names the first ten", () => {
  assert.equal(messageTags([]), undefined);
  assert.equal(messageTags(Array.from({ length: 30 }, String))?.split(" ").length, 10);
});
