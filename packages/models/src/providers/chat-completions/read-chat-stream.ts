import type { ToolCall } from "@app/sales-engine/mod.ts";
import type { Heard } from "../heard.ts";
import type { ModelUsage } from "../prices/model-price.ts";
import type { Ending, ProviderReply } from "../provider-reply.ts";
import { readJsonAnswer } from "../read-json-answer.ts";
import { join } from "../too-long.ts";
import { Unreadable } from "../unreadable.ts";
import { chatChunk } from "./chat-chunk.ts";
import { mapChatUsage } from "./map-chat-usage.ts";
import { mapFinishReason } from "./map-finish-reason.ts";

const noUsage: ModelUsage = { freshTokens: 0, cachedTokens: 0, writtenTokens: 0, outputTokens: 0 };

/**
 * Puts the stream of a chat completion together.
 *
 * @param heard Counts what comes.
 * @throws {TooLong} As soon as the answer is longer than we read.
 * @throws {Unreadable} If an event is not what the provider promises.
 */
export async function readChatStream(
  events: AsyncIterable<unknown>,
  heard: Heard = { hasBegun: false, letters: 0 },
): Promise<ProviderReply> {
  let text = "";
  let ending: Ending | null = null;
  let usage = noUsage;
  let isDeclined = false;
  const calls: { id: string; name: string; input: string }[] = [];
  for await (const event of events) {
    heard.hasBegun = true;
    const chunk = chatChunk.safeParse(event);
    if (!chunk.success) throw new Unreadable("the stream holds an event that is not of a chat completion");
    const [choice] = chunk.data.choices;
    heard.letters += choice?.delta?.content?.length ?? 0;
    text = join(text, choice?.delta?.content ?? "");
    isDeclined ||= Boolean(choice?.delta?.refusal);
    for (const delta of choice?.delta?.tool_calls ?? []) {
      const call = calls[delta.index] ??= { id: "", name: "", input: "" };
      call.id ||= delta.id ?? "";
      call.name ||= delta.function?.name ?? "";
      heard.letters += delta.function?.arguments?.length ?? 0;
      call.input = join(call.input, delta.function?.arguments ?? "");
    }
    if (choice?.finish_reason) ending = mapFinishReason(choice.finish_reason);
    if (chunk.data.usage) usage = mapChatUsage(chunk.data.usage);
  }
  const toolCalls = calls.filter(Boolean).map((call): ToolCall => ({
    ...call,
    input: readJsonAnswer(call.input),
  }));
  return { text, toolCalls, ending: ending && isDeclined ? "declined" : ending, usage };
}
