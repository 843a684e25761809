import type Anthropic from "@anthropic-ai/sdk";
import type { ModelRequest, PromptBlock } from "@app/sales-engine/mod.ts";
import { complaintText } from "../complaint-text.ts";

/**
 * The messages of a request: the blocks that are not of the system, each call of a tool followed by one message
 * with all its results, and last the complaint of a repair. Neighbours of one role become one message.
 */
export function toMessages(request: ModelRequest): Anthropic.MessageParam[] {
  const turns: Turn[] = [
    ...request.blocks.flatMap(toTurn),
    ...(request.toolExchanges ?? []).flatMap(({ calls, results }): Turn[] => [
      {
        role: "assistant",
        content: calls.map(({ id, name, input }) => ({ type: "tool_use", id, name, input })),
      },
      {
        role: "user",
        content: calls.map(({ id }) => {
          const result = results.find(({ callId }) => callId === id);
          return {
            type: "tool_result",
            tool_use_id: id,
            content: result?.text ?? "",
            ...(result?.isError ? { is_error: true } : {}),
          };
        }),
      },
    ]),
    ...(request.complaint === undefined ? [] : [said("user", complaintText(request.complaint))]),
  ];
  return turns.reduce<Turn[]>((joined, turn) => {
    const last = joined.at(-1);
    if (last?.role !== turn.role) return [...joined, turn];
    return [...joined.slice(0, -1), { role: turn.role, content: [...last.content, ...turn.content] }];
  }, []);
}

interface Turn {
  role: "user" | "assistant";
  content: Anthropic.ContentBlockParam[];
}

function said(role: Turn["role"], text: string): Turn {
  return { role, content: [{ type: "text", text }] };
}

/** @see https://platform.claude.com/docs/en/build-with-claude/vision (pictures come before the text about them) */
function toTurn(block: PromptBlock): Turn[] {
  if (block.role === "system") return [];
  const images = (block.images ?? []).map(({ mimeType, base64 }): Anthropic.ContentBlockParam => ({
    type: "image",
    source: { type: "base64", media_type: mimeType, data: base64 },
  }));
  return [{ role: block.role, content: [...images, { type: "text", text: block.text }] }];
}
