import type { MarkedToken, Token } from "marked";
import { renderHtml } from "./render-html.ts";

/** The marks that are open around a piece of text; WhatsApp shows a doubled mark as it is. */
export interface OpenMarks {
  bold?: boolean;
  italic?: boolean;
}

/** Renders the inside of a line: bold, italics, links and so on. */
export function renderInline(tokens: readonly Token[] | undefined, open: OpenMarks = {}): string {
  const pieces = markedTokens(tokens);
  return pieces.map((token, index) =>
    renderPiece(token, { before: pieces[index - 1]?.raw ?? "", after: pieces[index + 1]?.raw ?? "" }, open)
  ).join("");
}

/** Tokens without those of extensions, of which none is loaded. */
export function markedTokens(tokens: readonly Token[] | undefined): MarkedToken[] {
  return (tokens ?? []).filter(isMarked);
}

const known = new Set(
  "blockquote br checkbox code codespan def del em escape heading hr html image link list list_item paragraph space strong table text"
    .split(" "),
);

function isMarked(token: Token): token is MarkedToken {
  return known.has(token.type);
}

interface Neighbours {
  before: string;
  after: string;
}

function renderPiece(token: MarkedToken, around: Neighbours, open: OpenMarks): string {
  switch (token.type) {
    case "text":
      return token.tokens ? renderInline(token.tokens, open) : renderText(token.text);
    case "escape":
      return token.text;
    case "strong":
      return open.bold
        ? renderInline(token.tokens, open)
        : mark("*", renderInline(token.tokens, { ...open, bold: true }), around);
    case "em":
      return renderEm(token.raw, token.tokens, around, open);
    case "del":
      // One tilde is as often "about" as a mark.
      return token.raw.startsWith("~~") ? mark("~", renderInline(token.tokens, open), around) : token.raw;
    case "br":
      return "\n";
    case "link":
      return renderLink(token.raw, renderInline(token.tokens, open), token.href);
    case "image":
      return renderLink(token.raw, token.text, token.href);
    case "html":
      return renderHtml(token.text);
    case "checkbox":
      return "";
    default:
      return token.raw;
  }
}

/** Bold that the parser leaves alone, since a letter follows its end: `**Precio:**450`. */
const strayBold = /(.?)\*\*(?=\S)([^*\n]+?)(?<=\S)\*\*(?=(.?))/gu;

const entities: Record<string, string> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#39;": "'",
  "&nbsp;": "\u00a0",
};

function renderText(text: string): string {
  return text
    .replace(
      strayBold,
      (_all, before: string, inner: string, after: string) => before + mark("*", inner, { before, after }),
    )
    .replace(/&(?:amp|lt|gt|quot|#39|nbsp);/g, (entity) => entities[entity] ?? entity);
}

/**
 * A single star is WhatsApp's bold, which models write too, and stays; around bold it can only be italics. Inside a word
 * it is no mark at all, as in `10*12*4`.
 */
function renderEm(raw: string, tokens: Token[], around: Neighbours, open: OpenMarks): string {
  if (isWordCharacter(around.before.at(-1)) || isWordCharacter(around.after.at(0))) return raw;
  const isItalic = raw.startsWith("_") || open.bold === true || tokens.some(({ type }) => type === "strong");
  if (!isItalic) return mark("*", renderInline(tokens, { ...open, bold: true }), around);
  if (open.italic) return renderInline(tokens, open);
  return mark("_", renderInline(tokens, { ...open, italic: true }), around);
}

/** WhatsApp shows a mark as it is where a letter touches it from outside, and across lines. */
function mark(sign: string, inner: string, { before, after }: Neighbours): string {
  if (isWordCharacter(before.at(-1)) || isWordCharacter(after.at(0))) return inner;
  return inner.replace(/[^\s](?:.*[^\s])?/gu, (line) => `${sign}${line}${sign}`);
}

function isWordCharacter(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}]/u.test(character);
}

/** WhatsApp makes addresses tappable, and nothing else: what a link says comes first. */
function renderLink(raw: string, label: string, address: string): string {
  if (!raw.startsWith("[") && !raw.startsWith("!")) return raw.replace(/^<(.*)>$/u, "$1");
  const target = address.replace(/^(?:mailto|tel):/i, "");
  if (!/^(?:https?:\/\/|mailto:|tel:)/i.test(address) || label.includes(target)) return label;
  return label.trim() === "" ? target : `${label.replace(/[:\s]+$/u, "")}: ${target}`;
}
