import type { ToolCall } from "@app/sales-engine/mod.ts";
import type { z } from "zod";
import type { Heard } from "../heard.ts";
import type { Ending, ProviderReply } from "../provider-reply.ts";
import { readJsonAnswer } from "../read-json-answer.ts";
import { join } from "../too-long.ts";
import { Unreadable } from "../unreadable.ts";
import { mapMessageUsage } from "./map-message-usage.ts";
import { mapStopReason } from "./map-stop-reason.ts";
import { messageEvent, type messageUsage, otherEvent } from "./message-event.ts";

/**
 * Puts the stream of a message together.
 *
 * @param heard Counts what comes.
 * @throws {TooLong} As soon as the answer is longer than we read.
 * @throws {Unreadable} If an event is not what the provider promises.
 */
export async function readMessageStream(
  events: AsyncIterable<unknown>,
  heard: Heard = { hasBegun: false, letters: 0 },
): Promise<ProviderReply> {
  let text = "";
  let ending: Ending | null = null;
  let usage: z.infer<typeof messageUsage> = {};
  const calls = new Map<number, { id: string; name: string; input: string }>();
  for await (const raw of events) {
    heard.hasBegun = true;
    const event = readEvent(raw);
    switch (event?.type) {
      case "message_start":
        usage = { ...event.message.usage };
        break;
      case "content_block_start": {
        const { type, id = "", name = "" } = event.content_block;
        if (type === "tool_use") calls.set(event.index, { id, name, input: "" });
        break;
      }
      case "content_block_delta": {
        heard.letters += (event.delta.text ?? "").length + (event.delta.partial_json ?? "").length;
        text = join(text, event.delta.text ?? "");
        const call = calls.get(event.index);
        if (call) call.input = join(call.input, event.delta.partial_json ?? "");
        break;
      }
      case "message_delta":
        if (event.delta.stop_reason) ending = mapStopReason(event.delta.stop_reason);
        usage = { ...usage, ...told(event.usage ?? {}) };
        break;
    }
  }
  const toolCalls = [...calls.values()].map((call): ToolCall => ({
    ...call,
    input: readJsonAnswer(call.input || "{}"),
  }));
  return { text, toolCalls, ending, usage: mapMessageUsage(usage) };
}

function readEvent(raw: unknown): z.infer<typeof messageEvent> | undefined {
  const event = messageEvent.safeParse(raw);
  if (event.success) return event.data;
  const other = otherEvent.safeParse(raw);
  const isKnown = other.success &&
    messageEvent.options.some(({ shape }) => shape.type.value === other.data.type);
  if (!other.success || isKnown) {
    throw new Unreadable("the stream holds an event that is not of a message");
  }
  return undefined;
}

/** Only what is told: `null` says nothing about what an earlier event said. */
function told(usage: z.infer<typeof messageUsage>): z.infer<typeof messageUsage> {
  return Object.fromEntries(Object.entries(usage).filter(([, value]) => value != null));
}
