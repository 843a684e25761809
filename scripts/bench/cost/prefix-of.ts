import { z } from "zod";

const message = z.looseObject({ role: z.string() });

/** What stands before the customer's words in a request of any provider: form of the answer, tools, system. */
const body = z.looseObject({
  response_format: z.unknown().optional(),
  output_config: z.unknown().optional(),
  tools: z.unknown().optional(),
  system: z.unknown().optional(),
  messages: z.array(message),
});

/** The bytes that a provider's cache has to find again, as they were sent. */
export function prefixOf(sent: unknown): string {
  const { messages, ...request } = body.parse(sent);
  const firstOfUser = messages.findIndex(({ role }) => role === "user");
  return JSON.stringify([
    request.response_format,
    request.output_config,
    request.tools,
    request.system,
    messages.slice(0, firstOfUser),
  ]);
}
