import { piecesOf, sse } from "../sse.ts";
import type { CountedTokens, DoubleAnswer } from "../wire.ts";

const reasons = { cut: "max_tokens", declined: "refusal" } as const;

/** The events of a message. @see https://platform.claude.com/docs/en/build-with-claude/streaming#event-types */
export function messageStream(answer: DoubleAnswer, tokens: CountedTokens, model: string): string[] {
  const { text = "", toolCalls = [] } = answer;
  const event = (type: string, data: Record<string, unknown>) => sse({ type, ...data }, type);
  const blocks = [
    {
      start: { type: "text", text: "" },
      deltas: piecesOf(text).map((piece): unknown => ({ type: "text_delta", text: piece })),
    },
    ...toolCalls.map(({ id, name, input }) => ({
      start: { type: "tool_use", id, name, input: {} },
      deltas: piecesOf(JSON.stringify(input)).map((piece): unknown => ({
        type: "input_json_delta",
        partial_json: piece,
      })),
    })),
  ];
  return [
    event("message_start", {
      message: {
        id: "msg_1",
        type: "message",
        role: "assistant",
        model,
        content: [],
        stop_reason: null,
        stop_sequence: null,
        usage: {
          input_tokens: tokens.fresh,
          cache_read_input_tokens: tokens.cached,
          cache_creation_input_tokens: tokens.written,
          output_tokens: 1,
        },
      },
    }),
    event("ping", {}),
    ...blocks.flatMap(({ start, deltas }, index) => [
      event("content_block_start", { index, content_block: start }),
      ...deltas.map((delta) => event("content_block_delta", { index, delta })),
      event("content_block_stop", { index }),
    ]),
    event("message_delta", {
      delta: {
        stop_reason: answer.ending ? reasons[answer.ending] : toolCalls.length > 0 ? "tool_use" : "end_turn",
        stop_sequence: null,
      },
      usage: { output_tokens: tokens.output },
    }),
    event("message_stop", {}),
  ];
}
