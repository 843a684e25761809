import assert from "node:assert/strict";
import fc from "fast-check";
import { readMessageStream } from "./anthropic/read-message-stream.ts";
import { readChatStream } from "./chat-completions/read-chat-stream.ts";
import { TooLong } from "./too-long.ts";
import { Unreadable } from "./unreadable.ts";

/** Events that look like the providers', with anything in their places. */
const piece = fc.oneof(fc.string(), fc.jsonValue(), fc.nat());
const chatEvent = fc.record({
  choices: fc.oneof(
    piece,
    fc.array(
      fc.record({
        delta: fc.record({ content: piece, refusal: piece, tool_calls: piece }, { requiredKeys: [] }),
        finish_reason: piece,
      }, { requiredKeys: [] }),
    ),
  ),
  usage: piece,
}, { requiredKeys: [] });
const messageEvent = fc.record({
  type: fc.oneof(
    fc.constantFrom("message_start", "content_block_start", "content_block_delta", "message_delta", "ping"),
    piece,
  ),
  message: piece,
  index: piece,
  content_block: piece,
  delta: fc.oneof(piece, fc.record({ type: piece, text: piece, stop_reason: piece }, { requiredKeys: [] })),
  usage: piece,
}, { requiredKeys: [] });

for (
  const [name, read, event] of [
    ["readChatStream", readChatStream, chatEvent],
    ["readMessageStream", readMessageStream, messageEvent],
  ] as const
) {
  Deno.test(`${name}() reads any events, or says that they are unreadable`, async () => {
    const events = fc.array(fc.oneof<fc.Arbitrary<unknown>[]>(event, fc.jsonValue()));
    await fc.assert(fc.asyncProperty(events, async (each) => {
      try {
        const reply = await read(streamOf(each));
        assert.equal(typeof reply.text, "string");
        assert.ok(Object.values(reply.usage).every((count) => count >= 0));
      } catch (error) {
        assert.ok(error instanceof Unreadable || error instanceof TooLong, `${error}`);
      }
    }));
  });
}

async function* streamOf(events: unknown[]): AsyncGenerator<unknown> {
  for (const event of events) yield await Promise.resolve(event);
}
