import { InvalidInput, type OutboundContent, outboundContent } from "@app/contracts/mod.ts";
import type { z } from "zod";
import type { MediaContent } from "./write-media.ts";

/**
 * Makes sure that Graph takes a message, by the limits of its reference.
 *
 * @throws {InvalidInput} Naming each part that breaks a limit, what it is, and what is allowed; never its text.
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages
 */
export function checkContent(content: unknown): OutboundContent {
  const parsed = outboundContent.safeParse(content);
  if (!parsed.success) {
    throw refuse(parsed.error.issues.map((issue) => describe(issue, content)).join("; "));
  }
  const problem = problemOf(parsed.data);
  if (problem !== undefined) throw refuse(problem);
  return parsed.data;
}

/** The error of a message that Graph would not take. */
export function refuse(problem: string): InvalidInput {
  return new InvalidInput(`Cannot write WhatsApp message: ${problem}`);
}

/** Most rows of a list, over all its sections. */
const maxRows = 10;

/** Most products of a list of products, over all its sections. */
const maxProducts = 30;

function problemOf(content: OutboundContent): string | undefined {
  if ("text" in content && content.text?.trim() === "") return "a blank text, want something to read";
  if ("header" in content && content.header !== undefined && isFile(content.header)) {
    const problem = problemOfFile(content.header);
    if (problem !== undefined) return `header: ${problem}`;
  }
  switch (content.type) {
    case "buttons":
      return problemOfNames("buttons", "ids", content.buttons.map(({ id }) => id)) ??
        problemOfNames("buttons", "titles", content.buttons.map(({ title }) => title.trim()));
    case "list":
      return problemOfList(content);
    case "product_list": {
      const products = content.sections.flatMap(({ productIds }) => productIds);
      return problemOfSections(content.sections, "products", products.length, maxProducts);
    }
    case "flow":
      return problemOfFlow(content);
    case "template":
      return problemOfTemplate(content);
    case "reaction":
      return content.emoji === null || isOneEmoji(content.emoji)
        ? undefined
        : "emoji: not one emoji, want exactly one";
    case "image":
    case "video":
    case "document":
    case "audio":
    case "sticker":
      return problemOfMedia(content) ?? problemOfFile(content);
    default:
      return undefined;
  }
}

type Content<Type extends OutboundContent["type"]> = Extract<OutboundContent, { type: Type }>;

function problemOfNames(parts: string, what: string, names: string[]): string | undefined {
  if (names.some((name) => name.trim() === "")) return `${parts} with blank ${what}`;
  if (new Set(names).size < names.length) return `${parts} with equal ${what}, want each once`;
}

function problemOfList({ button, sections }: Content<"list">): string | undefined {
  const rows = sections.flatMap((section) => section.rows);
  if (button.trim() === "") return "button: blank, want something to tap";
  return problemOfSections(sections, "rows", rows.length, maxRows) ??
    problemOfNames("rows", "ids", rows.map(({ id }) => id)) ??
    (rows.some(({ title }) => title.trim() === "") ? "rows with blank titles" : undefined);
}

function problemOfSections(
  sections: { title?: string | undefined }[],
  parts: string,
  count: number,
  most: number,
): string | undefined {
  if (count > most) return `sections: ${count} ${parts} in all, want at most ${most}`;
  if (sections.length > 1 && sections.some(({ title }) => (title ?? "").trim() === "")) {
    return `sections: ${sections.length} sections with a blank title, want a title for each`;
  }
}

function problemOfFlow({ flowId, flowName, screen, data }: Content<"flow">): string | undefined {
  if ((flowId === undefined) === (flowName === undefined)) {
    return "flowId, flowName: want exactly one of the two";
  }
  if (data !== undefined && screen === undefined) return "data: without a screen to show it";
}

function problemOfMedia({ type, caption, isVoice }: MediaContent): string | undefined {
  const hasCaption = caption !== undefined && caption !== "";
  if (hasCaption && type === "audio") return "audio with a caption, which Graph does not take";
  if (hasCaption && type === "sticker") return "sticker with a caption, which Graph does not take";
  if (isVoice && type !== "audio") return `isVoice: on type "${type}", want "audio"`;
}

interface File {
  mediaExternalId?: string | undefined;
  link?: string | undefined;
  storedMediaId?: string | undefined;
}

function problemOfFile({ mediaExternalId, link, storedMediaId }: File): string | undefined {
  const named = [mediaExternalId, link, storedMediaId].filter((name) => name !== undefined);
  return named.length === 1
    ? undefined
    : "mediaExternalId, link, storedMediaId: want exactly one of the three";
}

function isFile(header: { type: string }): header is { type: string } & File {
  return header.type === "image" || header.type === "video" || header.type === "document";
}

function problemOfTemplate({ header, body = [], buttons = [] }: Content<"template">): string | undefined {
  const named = body.filter(({ name }) => name !== undefined);
  if (named.length > 0 && named.length < body.length) {
    return `body: ${named.length} of ${body.length} values have a name, want all or none`;
  }
  const values = header?.type === "text" ? [header, ...body] : body;
  // Meta answers 132018.
  if (values.some(({ text }) => /[\n\t]| {5,}/.test(text))) {
    return "a value with a line break, a tab or more than 4 spaces, want one line";
  }
  if (values.some(({ text }) => text.trim() === "")) return "a blank value, want something to read";
  return problemOfNames("body", "names", named.map(({ name = "" }) => name)) ??
    problemOfNames("buttons", "indexes", buttons.map(({ index }) => `${index}`));
}

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

function isOneEmoji(text: string): boolean {
  const isEmoji = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u.test(text);
  return isEmoji && [...graphemes.segment(text)].length === 1;
}

/** What is wrong, by size and place: the text itself is a person's and stays out of errors. */
function describe(issue: z.core.$ZodIssue, content: unknown): string {
  const place = issue.path.join(".") || "content";
  const actual = issue.path.reduce<unknown>(
    (value, key) => typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined,
    content,
  );
  if (issue.code === "too_big") return `${place}: ${sizeOf(actual)}, want at most ${issue.maximum}`;
  if (issue.code === "too_small") return `${place}: ${sizeOf(actual)}, want at least ${issue.minimum}`;
  if (issue.code === "invalid_format") {
    return `${place}: ${sizeOf(actual)} of another form, want ${issue.pattern ?? issue.format}`;
  }
  return `${place}: ${issue.message}`;
}

function sizeOf(value: unknown): string {
  if (typeof value === "string") return `${value.length} characters`;
  return Array.isArray(value) ? `${value.length} items` : String(value);
}
