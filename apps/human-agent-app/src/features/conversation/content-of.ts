import * as z from "zod/mini";
import type { ChatContent } from "@app/ui/mod.ts";
import type { Message } from "../../lib/records/message.ts";
import { marksOf } from "./marks-of.ts";
import type { ChatSurroundings } from "./chat-surroundings.ts";

const place = z.object({
  latitude: z.coerce.number(),
  longitude: z.coerce.number(),
  name: z.optional(z.string()),
  address: z.optional(z.string()),
});
const choice = z.object({ id: z.string(), title: z.string() });
const buttons = z.object({ type: z.literal("buttons"), buttons: z.array(choice) });
const choices = z.object({
  type: z.literal("list"),
  button: z.string(),
  sections: z.array(z.object({ rows: z.array(z.extend(choice, { description: z.optional(z.string()) })) })),
});
const order = z.object({
  note: z.optional(z.string()),
  items: z.array(z.object({
    productId: z.optional(z.string()),
    quantity: z.optional(z.number()),
    unitPrice: z.optional(z.number()),
    currency: z.optional(z.string()),
  })),
});

/** What the engine tells people between the messages, as a code; of a kind that is not known yet, that there is something. */
function noticeOf({ payload }: Message, { words }: ChatSurroundings): string {
  const told = payload?.["notice"] === "back_with_bot" && words.backWithBot[String(payload["reason"])];
  return told || words.messageTypes["system"] || "";
}

/** What a message shows. Whatever does not fit its type is shown as what it says, or as unknown; never as markup. */
export function contentOf(message: Message, around: ChatSurroundings): ChatContent {
  const text = message.content ?? "";
  const marks = marksOf(message);
  if (marks.revoked_at) {
    const caption = marks.before?.content ?? "";
    return { kind: "missing", text: around.words.problems.revoked, ...(caption && { caption }) };
  }
  switch (message.type) {
    case "text":
    case "template":
      return { kind: "text", text };
    case "note":
      return { kind: "note", text };
    case "system":
      return { kind: "system", text: text || noticeOf(message, around) };
    case "image":
    case "audio":
    case "video":
    case "document":
    case "sticker":
      return fileContent(message, text, around);
    case "location":
      return locationContent(message, text);
    case "contact":
      return { kind: "contacts", names: text.split("\n").filter(Boolean) };
    case "interactive":
      return interactiveContent(message, text);
    case "order":
      return orderContent(message, text);
    default:
      return text ? { kind: "text", text } : { kind: "unknown", type: message.type };
  }
}

function fileContent(
  { type, media }: Message,
  caption: string,
  { urls, words }: ChatSurroundings,
): ChatContent {
  const url = media?.path ? urls.get(media.path) : undefined;
  if (!media || !url) {
    const what = words.messageTypes[type] ?? type;
    const why = media?.status === "erased"
      ? words.problems.erased
      : media?.status === "failed"
      ? words.problems.noFile
      : what;
    return { kind: "missing", text: why, caption: caption || media?.transcript || "" };
  }
  switch (type) {
    case "image":
      return { kind: "image", url, caption };
    case "video":
      return { kind: "video", url, caption };
    case "sticker":
      return { kind: "sticker", url };
    case "audio":
      return { kind: "audio", url, transcript: media.transcript ?? caption };
    default:
      return {
        kind: "document",
        url,
        name: media.file_name ?? (words.messageTypes.document || type),
        caption,
      };
  }
}

function locationContent({ payload }: Message, text: string): ChatContent {
  const parsed = place.safeParse(payload?.["location"] ?? payload);
  return parsed.success ? { kind: "location", ...withoutNothing(parsed.data) } : { kind: "text", text };
}

function interactiveContent({ payload }: Message, text: string): ChatContent {
  const asButtons = buttons.safeParse(payload);
  if (asButtons.success) return { kind: "buttons", text, buttons: asButtons.data.buttons };
  const asList = choices.safeParse(payload);
  if (!asList.success) return { kind: "text", text };
  const rows = asList.data.sections.flatMap((section) => section.rows).map(withoutNothing);
  return { kind: "list", text, open: asList.data.button, rows };
}

function orderContent({ payload }: Message, text: string): ChatContent {
  const parsed = order.safeParse(payload?.["order"] ?? payload);
  if (!parsed.success) return { kind: "text", text };
  const lines = parsed.data.items.map(({ productId, quantity, unitPrice, currency }) =>
    [
      `${quantity ?? 1} × ${productId ?? "?"}`,
      unitPrice !== undefined && `${unitPrice} ${currency ?? ""}`.trim(),
    ]
      .filter(Boolean).join(" · ")
  );
  return { kind: "order", lines, ...(parsed.data.note && { note: parsed.data.note }) };
}

/** Without keys whose value is undefined. */
function withoutNothing<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as never;
}
