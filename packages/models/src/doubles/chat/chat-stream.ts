import { piecesOf, sse } from "../sse.ts";
import type { CountedTokens, DoubleAnswer } from "../wire.ts";

const reasons = { cut: "length", declined: "content_filter" } as const;

/** The events of a chat completion. @see https://platform.openai.com/docs/api-reference/chat-streaming */
export function chatStream(answer: DoubleAnswer, tokens: CountedTokens, model: string): string[] {
  const { text = "", toolCalls = [] } = answer;
  const chunk = (choices: unknown[], more: Record<string, unknown> = {}) =>
    sse({
      id: "chatcmpl-1",
      object: "chat.completion.chunk",
      created: 1_790_000_000,
      model,
      choices,
      ...more,
    });
  const delta = (content: unknown, finish_reason: string | null = null) =>
    chunk([{ index: 0, delta: content, logprobs: null, finish_reason }]);
  const usual = toolCalls.length > 0 ? "tool_calls" : "stop";
  const input = tokens.fresh + tokens.cached + tokens.written;
  return [
    delta({ role: "assistant", content: "" }),
    ...piecesOf(text).map((content) => delta({ content })),
    ...toolCalls.flatMap(({ id, name, input }, index) => [
      delta({ tool_calls: [{ index, id, type: "function", function: { name, arguments: "" } }] }),
      ...piecesOf(JSON.stringify(input)).map((piece) =>
        delta({ tool_calls: [{ index, function: { arguments: piece } }] })
      ),
    ]),
    delta({}, answer.ending ? reasons[answer.ending] : usual),
    chunk([], {
      usage: {
        prompt_tokens: input,
        completion_tokens: tokens.output,
        total_tokens: input + tokens.output,
        prompt_tokens_details: { cached_tokens: tokens.cached, cache_write_tokens: tokens.written },
      },
    }),
    sse("[DONE]"),
  ];
}
