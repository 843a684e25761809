import * as z from "zod/mini";
import type { Saying } from "../../lib/outbox/outbox-entry.ts";

const part = z.looseObject({
  type: z.string(),
  format: z.optional(z.string()),
  text: z.optional(z.string()),
  buttons: z.optional(z.array(z.looseObject({
    type: z.string(),
    text: z.optional(z.string()),
    url: z.optional(z.string()),
  }))),
});

/** A template as `api.list_message_templates` has it. */
export const templateRecord = z.object({
  id: z.string(),
  name: z.string(),
  language: z.string(),
  category: z.nullable(z.string()),
  components: z.catch(z.array(part), []),
});

/** Parsed form of {@linkcode templateRecord}. */
export type Template = z.infer<typeof templateRecord>;

/** A place in a template that is filled before it is sent; `key` is its own within the template. */
export interface Blank {
  key: string;
  in: "header" | "body" | "button";
  kind: "text" | "picture" | "video" | "document" | "code";
  /** The variable's name or number, or the words on the button. */
  name: string;
}

const variable = /\{\{\s*([a-z0-9_]+)\s*\}\}/gi;
const fileKinds = { IMAGE: "picture", VIDEO: "video", DOCUMENT: "document" } as const;

/** What must be filled, in reading order. */
export function blanksOf({ components }: Template): Blank[] {
  return components.flatMap((component): Blank[] => {
    const kind = fileKinds[component.format as keyof typeof fileKinds];
    switch (component.type) {
      case "HEADER":
        return kind
          ? [{ key: "header", in: "header", kind, name: "" }]
          : namesIn(component.text).map((name) => ({
            key: `header ${name}`,
            in: "header",
            kind: "text",
            name,
          }));
      case "BODY":
        return namesIn(component.text).map((name) => ({
          key: `body ${name}`,
          in: "body",
          kind: "text",
          name,
        }));
      case "BUTTONS":
        return (component.buttons ?? []).flatMap(({ type, url, text = "" }, index): Blank[] => {
          const common = { key: `button ${index}`, in: "button", name: text } as const;
          if (type === "COPY_CODE") return [{ ...common, kind: "code" }];
          return type === "URL" && namesIn(url).length > 0 ? [{ ...common, kind: "text" }] : [];
        });
      default:
        return [];
    }
  });
}

/** Codes are sent by machines, and a place is more than a line of text: neither is offered to people. */
export function isForPeople({ category, components }: Template): boolean {
  return category !== "authentication" && components.some(({ type }) => type === "BODY") &&
    !components.some(({ format }) => format === "LOCATION");
}

/** Whether a value may fill a blank. */
export function fits({ kind }: Blank, value: string): boolean {
  const text = oneLine(value);
  if (kind === "code") return text.length >= 1 && text.length <= 15;
  if (kind === "text") return text.length >= 1 && text.length <= 1024;
  return URL.canParse(text) && /^https?:\/\//.test(text);
}

/** A template as the contact reads it; a blank without a value stays as it is. */
export function previewOf({ components }: Template, values: Record<string, string>): string[] {
  return ["HEADER", "BODY", "FOOTER"].flatMap((type) => {
    const text = components.find((component) => component.type === type)?.text;
    return text
      ? [
        text.replaceAll(
          variable,
          (whole, name: string) => oneLine(values[`${type.toLowerCase()} ${name}`] ?? "") || whole,
        ),
      ]
      : [];
  });
}

/** The message that says it, with what fills it. */
export function filledTemplate(
  template: Template,
  values: Record<string, string>,
): Saying {
  const blanks = blanksOf(template).map((blank) => ({ ...blank, value: oneLine(values[blank.key] ?? "") }));
  const header = blanks.find((blank) => blank.in === "header");
  const body = blanks.filter((blank) => blank.in === "body")
    // Numbers count, in whatever order the sentence needs them.
    .sort((one, other) => Number(one.name) - Number(other.name) || 0);
  const buttons = blanks.filter((blank) => blank.in === "button");
  return {
    type: "template",
    content: previewOf(template, values).join("\n\n").slice(0, 4096),
    payload: {
      type: "template",
      name: template.name,
      language: template.language,
      ...(header && { header: filledHeader(header) }),
      ...(body.length > 0 && { body: body.map(filledText) }),
      ...(buttons.length > 0 && {
        buttons: buttons.map(({ key, kind, value }) => {
          const index = Number(key.split(" ")[1]);
          return kind === "code"
            ? { kind: "copy_code", index, code: value }
            : { kind: "url", index, text: value };
        }),
      }),
    },
  };
}

function filledHeader(blank: Blank & { value: string }) {
  if (blank.kind === "text") return { type: "text", ...filledText(blank) };
  return { type: blank.kind === "picture" ? "image" : blank.kind, link: blank.value };
}

function filledText({ name, value }: { name: string; value: string }) {
  return { text: value, ...(!/^\d+$/.test(name) && { name }) };
}

/** Each variable once. */
function namesIn(text = ""): string[] {
  return [...new Set([...text.matchAll(variable)].map(([, name = ""]) => name))];
}

/** WhatsApp refuses line breaks and runs of spaces in what fills a template. */
function oneLine(value: string): string {
  return value.replace(/\s+/g, " ").trim();
}
