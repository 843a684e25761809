import type { MessageBody } from "./message-body.ts";

/** The user begins and has the last word; results of tools come first in the message right behind their calls. */
export function findMessageDisorder({ messages }: MessageBody): string | null {
  if (messages[0]?.role !== "user") return 'messages: first message must use the "user" role';
  if (messages.at(-1)?.role !== "user") {
    return "This model does not support assistant message prefill. The conversation must end with a user message.";
  }
  let open = new Set<string>();
  for (const { role, content } of messages) {
    const blocks = typeof content === "string" ? [] : content;
    const results = blocks.filter((block) => block.type === "tool_result");
    const stray = results.find(({ tool_use_id: id }) => !open.delete(id));
    if (stray) {
      return `unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${stray.tool_use_id}. Each \`tool_result\` block must have a corresponding \`tool_use\` block in the previous message.`;
    }
    if (open.size > 0) {
      return `\`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${
        [...open].join()
      }`;
    }
    if (results.length > 0 && blocks.slice(0, results.length).some((block) => block.type !== "tool_result")) {
      return "`tool_result` blocks must come first in the content of a message";
    }
    const calls = blocks.filter((block) => block.type === "tool_use");
    if (calls.length > 0 && role !== "assistant") {
      return "`tool_use` blocks can only be in `assistant` messages";
    }
    open = new Set(calls.map(({ id }) => id));
  }
  return null;
}
