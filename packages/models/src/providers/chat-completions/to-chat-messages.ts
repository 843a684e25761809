import type { ModelRequest, PromptBlock } from "@app/sales-engine/mod.ts";
import type OpenAI from "openai";
import { complaintText } from "../complaint-text.ts";

/**
 * The messages of a chat completion: the blocks, each call of a tool followed by its results, and last the
 * complaint of a repair.
 *
 * @param isMarked Whether the end of the cacheable blocks is marked.
 */
export function toChatMessages(
  request: ModelRequest,
  isMarked: boolean,
): OpenAI.ChatCompletionMessageParam[] {
  const lastCacheable = request.blocks.findLastIndex((block) => block.isCacheable);
  const blocks = request.blocks.map((block, index) => toMessage(block, isMarked && index === lastCacheable));
  const exchanges = (request.toolExchanges ?? []).flatMap(({ calls, results }) => [
    {
      role: "assistant" as const,
      content: null,
      tool_calls: calls.map(({ id, name, input }) => ({
        id,
        type: "function" as const,
        function: { name, arguments: JSON.stringify(input) },
      })),
    },
    ...calls.map(({ id }) => ({
      role: "tool" as const,
      tool_call_id: id,
      content: results.find(({ callId }) => callId === id)?.text ?? "",
    })),
  ]);
  const complaint = request.complaint === undefined
    ? []
    : [{ role: "user" as const, content: complaintText(request.complaint) }];
  return [...blocks, ...exchanges, ...complaint];
}

function toMessage(block: PromptBlock, isMarked: boolean): OpenAI.ChatCompletionMessageParam {
  const text: OpenAI.ChatCompletionContentPartText = {
    type: "text",
    text: block.text,
    ...(isMarked ? { prompt_cache_breakpoint: { mode: "explicit" } } : {}),
  };
  if (block.role !== "user") return { role: block.role, content: isMarked ? [text] : block.text };
  const images = (block.images ?? []).map(({ mimeType, base64 }): OpenAI.ChatCompletionContentPart => ({
    type: "image_url",
    image_url: { url: `data:${mimeType};base64,${base64}` },
  }));
  return { role: "user", content: isMarked || images.length > 0 ? [...images, text] : block.text };
}
