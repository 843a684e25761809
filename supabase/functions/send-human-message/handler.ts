/** Stores what an agent says and has it delivered at once: the one verb of people that touches more than Postgres. */
import { humanMessageRequest, InvalidInput, sentHumanMessage } from "@app/contracts/mod.ts";
import type { Database } from "@app/conversations/mod.ts";
import { authenticateMember } from "../_shared/authenticate.ts";
import type { Config } from "../_shared/config.ts";
import { readBody } from "../_shared/serve-body.ts";
import type { RequestContext } from "../_shared/serve.ts";

/** What the handler needs. */
export interface Ports {
  settings: Pick<Config, "jwks" | "secrets">;
  database: Pick<Database, "callAsMember">;
  /** Has due work looked at in time; returns at once. */
  wakeAt(dueAt: Date): void;
}

/** A message has 4,096 characters; the rest is its payload. */
const bodyLimitBytes = 200_000;

/**
 * Answers with the stored message. Whether it may leave is decided in SQL (`api.send_message`), under the lock of its
 * conversation; it leaves through the same delivery as the engine's replies.
 *
 * @throws {Unauthorized} Without a valid token of a signed-in person.
 * @throws {InvalidInput} For a body that is no message.
 * @throws {Forbidden} For a tenant that the person does not act for; {NotFound} for a conversation that is not there.
 * @throws {Conflict} When it may not leave; `reason` is one of `sendRefusals`.
 */
export async function handle(request: Request, context: RequestContext, ports: Ports): Promise<Response> {
  if (request.method !== "POST") return new Response(null, { status: 405, headers: { allow: "POST" } });
  const claims = await authenticateMember(request, ports.settings);
  const { tenant_id, session_id, message, base_fence } = await readRequest(request);
  const stored = sentHumanMessage.parse(
    await ports.database.callAsMember(
      claims,
      (call) =>
        call`to_jsonb(api.send_message(${tenant_id}, ${session_id}, ${call.json(message)}, ${
          base_fence ?? null
        }))`,
    ),
  );
  context.note({ message_id: stored.id, is_new: stored.is_new });
  if (stored.is_new) ports.wakeAt(new Date());
  return Response.json(stored);
}

async function readRequest(request: Request) {
  const text = new TextDecoder().decode(await readBody(request, bodyLimitBytes));
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (cause) {
    throw new InvalidInput("Cannot read the message: the body is not JSON", { cause });
  }
  const parsed = humanMessageRequest.safeParse(body);
  if (!parsed.success) {
    const fields = parsed.error.issues.map((issue) => issue.path.join(".") || "message").join(", ");
    throw new InvalidInput(`Cannot send the message: something is wrong with ${fields}`);
  }
  return parsed.data;
}
