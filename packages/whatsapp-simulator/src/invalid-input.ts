import type { z } from "zod";

/** The control API was called with something that makes no sense; answered 400 (or `status`) with the message. */
export class InvalidInput extends Error {
  override name = "InvalidInput";

  /** @param status HTTP status of the answer, default 400. */
  constructor(message: string, readonly status: number = 400) {
    super(message);
  }
}

/**
 * Parses outside input.
 *
 * @throws {InvalidInput} Naming every wrong place: `text: Too big: expected string to have <=4096 characters`.
 */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) =>
    `${issue.path.map(String).join(".") || "body"}: ${issue.message}`
  );
  throw new InvalidInput(problems.join("; "));
}

/**
 * Reads a JSON body.
 *
 * @throws {InvalidInput} If the body is not JSON, or is not declared as JSON (which also keeps foreign web pages out:
 * a browser asks before it sends this content type to another origin).
 */
export async function readJson<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
): Promise<z.infer<Schema>> {
  if (!request.headers.get("content-type")?.startsWith("application/json")) {
    throw new InvalidInput("Content-Type must be application/json", 415);
  }
  let body: unknown;
  try {
    body = await request.json();
  } catch {
    throw new InvalidInput("body: not valid JSON");
  }
  return parseInput(schema, body);
}
