import { z } from "zod";
import { GraphError } from "./graph-error.ts";

const TYPES = [
  "audio",
  "contacts",
  "document",
  "image",
  "interactive",
  "location",
  "reaction",
  "sticker",
  "template",
  "text",
  "video",
] as const;

const words = (max: number) => z.string().min(1).max(max);
const link = z.url({ protocol: /^https?$/ }).optional();
const media = z.object({ id: z.string().min(1).optional(), link }).refine(
  (value) => (value.id === undefined) !== (value.link === undefined),
  { message: "Exactly one of id and link is required" },
);
const caption = words(1024).optional();
const header = z.looseObject({
  type: z.enum(["text", "image", "video", "document"]),
  text: words(60).optional(),
});
const footer = z.object({ text: words(60) }).optional();

const replyButtons = z.object({
  type: z.literal("button"),
  header: header.optional(),
  body: z.object({ text: words(1024) }),
  footer,
  action: z.object({
    buttons: z.array(z.object({
      type: z.literal("reply"),
      reply: z.object({ id: words(256), title: words(20) }),
    })).min(1).max(3),
  }),
}).refine(
  ({ action }) => areDistinct(action.buttons.map((button) => button.reply.title)),
  { message: "Button titles must be unique", path: ["action", "buttons"] },
).refine(
  ({ action }) => areDistinct(action.buttons.map((button) => button.reply.id)),
  { message: "Button ids must be unique", path: ["action", "buttons"] },
);

const list = z.object({
  type: z.literal("list"),
  header: header.extend({ type: z.literal("text") }).optional(),
  body: z.object({ text: words(4096) }),
  footer,
  action: z.object({
    button: words(20),
    sections: z.array(z.object({
      title: words(24).optional(),
      rows: z.array(z.object({ id: words(200), title: words(24), description: words(72).optional() })).min(1),
    })).min(1).max(10),
  }),
}).refine(
  ({ action }) => action.sections.flatMap((section) => section.rows).length <= 10,
  { message: "A list has at most 10 rows in all sections together", path: ["action", "sections"] },
).refine(
  ({ action }) => areDistinct(action.sections.flatMap((section) => section.rows.map((row) => row.id))),
  { message: "Row ids must be unique", path: ["action", "sections"] },
).refine(
  ({ action }) => action.sections.length === 1 || action.sections.every((section) => section.title),
  { message: "Every section needs a title when there is more than one", path: ["action", "sections"] },
);

const otherInteractive = z.looseObject({
  type: z.enum([
    "cta_url",
    "flow",
    "product",
    "product_list",
    "location_request_message",
    "contact_request",
  ]),
  body: z.object({ text: words(1024) }).optional(),
  action: z.looseObject({}),
});

const coordinate = (most: number) =>
  z.union([z.number(), z.string().regex(/^-?\d+(\.\d+)?$/).transform(Number)])
    .refine((value) => Math.abs(value) <= most, { message: `Must be between -${most} and ${most}` });

/** What has to stand under the key named by `type`. Limits are those of the vendor's send reference, v26.0. */
const BODIES: Record<(typeof TYPES)[number], z.ZodType> = {
  text: z.object({ body: words(4096), preview_url: z.boolean().optional() }),
  image: media.and(z.object({ caption })),
  video: media.and(z.object({ caption })),
  document: media.and(z.object({ caption, filename: words(240).optional() })),
  audio: media.and(z.object({ caption: z.undefined().optional(), voice: z.boolean().optional() })),
  sticker: media.and(z.object({ caption: z.undefined().optional() })),
  location: z.object({
    latitude: coordinate(90),
    longitude: coordinate(180),
    name: words(1000).optional(),
    address: words(1000).optional(),
  }),
  contacts: z.array(z.looseObject({ name: z.looseObject({ formatted_name: words(1000) }) })).min(1),
  reaction: z.object({ message_id: z.string().startsWith("wamid."), emoji: z.string().max(32) }),
  interactive: z.discriminatedUnion("type", [replyButtons, list, otherInteractive]),
  template: z.object({
    name: words(512),
    language: z.looseObject({ code: z.string().min(2).max(20) }),
    components: z.array(z.looseObject({ type: z.string() })).optional(),
  }),
};

const common = z.object({
  recipient_type: z.literal("individual").optional(),
  to: z.string().optional(),
  recipient: z.string().optional(),
  type: z.string().optional(),
  context: z.object({ message_id: z.string().startsWith("wamid.") }).optional(),
  biz_opaque_callback_data: z.string().max(512).optional(),
});

/** A send request that the platform would take. */
export interface SendRequest {
  to?: string;
  recipient?: string;
  type: (typeof TYPES)[number];
  callbackData?: string;
  body: Record<string, unknown>;
}

/**
 * Checks the body of a send request as the platform does.
 *
 * @throws {GraphError} 100, 131008 or 131009, naming the parameter.
 */
export function readSendRequest(body: Record<string, unknown>): SendRequest {
  const { to, recipient, type = "text", biz_opaque_callback_data: callbackData } = check(
    common,
    body,
    [],
    body,
  );
  if (!to && !recipient) throw GraphError.parameter("The parameter to is required.");
  const known = TYPES.find((each) => each === type);
  if (!known) {
    throw GraphError.of(
      100,
      `Param type must be one of {${TYPES.join(", ").toUpperCase()}} - got "${type}".`,
    );
  }
  if (body[known] === undefined) throw GraphError.parameter(`The parameter ${known} is required.`);
  check(BODIES[known], body[known], [known], body);
  return {
    type: known,
    body,
    ...(to && { to }),
    ...(recipient && { recipient }),
    ...(callbackData && { callbackData }),
  };
}

function check<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  at: string[],
  whole: unknown,
): z.infer<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const path = [...at, ...(issue?.path ?? [])].map(String);
  throw asGraphError(issue, path, valueAt(whole, path));
}

function asGraphError(issue: z.core.$ZodIssue | undefined, path: string[], value: unknown): GraphError {
  const [first = "", ...rest] = path;
  const name = first + rest.map((step) => `['${step}']`).join("");
  if (value === undefined) return GraphError.of(131008, `Required parameter is missing: ${name}`);
  if (issue?.code === "too_big" && issue.origin === "string") {
    return GraphError.of(100, `Param ${name} must be at most ${issue.maximum} characters long.`);
  }
  if (issue?.code === "too_small" && issue.origin === "string") {
    return GraphError.of(100, `Param ${name} must be at least ${issue.minimum} characters long.`);
  }
  return GraphError.of(131009, `Parameter value is not valid: ${name}: ${issue?.message ?? "invalid"}`);
}

function valueAt(whole: unknown, path: string[]): unknown {
  let value = whole;
  for (const step of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = Reflect.get(value, step);
  }
  return value;
}

function areDistinct(values: string[]): boolean {
  return new Set(values).size === values.length;
}
