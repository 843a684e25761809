import { lexer, type MarkedToken, type Token, type Tokens } from "marked";
import { renderHtml } from "./render-html.ts";
import { markedTokens, renderInline } from "./render-inline.ts";

/**
 * Longest text that is read as markdown, in UTF-16 units: two of WhatsApp's longest messages. The parser takes the square
 * of a text that is all marks: at this length half a second.
 */
const maxLength = 8_192;

/**
 * Turns the markdown of a language model into WhatsApp's formatting: `**bold**` to `*bold*`, headings to bold lines, tables
 * to lists, links to their words and their address. What WhatsApp understands already stays, so that it may be done twice.
 * Never throws; what cannot be read as markdown is returned as it is.
 *
 * @see https://faq.whatsapp.com/539178204879377
 */
export function toWhatsAppText(markdown: string): string {
  if (markdown.length > maxLength) return markdown.trim();
  let tokens: Token[];
  try {
    tokens = lexer(markdown);
  } catch {
    // The parser recurses: thousands of nested quotes exhaust its stack.
    return markdown.trim();
  }
  return renderBlocks(tokens).replace(/[ \t]+$/gm, "").replace(/\n{3,}/g, "\n\n").trim();
}

function renderBlocks(tokens: readonly Token[] | undefined): string {
  let text = "";
  let isApart = false;
  for (const token of markedTokens(tokens)) {
    if (token.type === "space") {
      isApart = true;
      continue;
    }
    const block = renderBlock(token);
    if (block === "") continue;
    text += text === "" ? block : `${isApart ? "\n\n" : "\n"}${block}`;
    isApart = token.raw.endsWith("\n\n");
  }
  return text;
}

function renderBlock(token: MarkedToken): string {
  switch (token.type) {
    case "heading":
      return renderHeading(token);
    case "paragraph":
      return renderInline(token.tokens);
    case "list":
      return renderList(token);
    case "blockquote":
      return renderBlocks(token.tokens).replace(/^/gm, "> ");
    case "code":
      return token.codeBlockStyle === "indented" ? token.text : `\`\`\`\n${token.text}\n\`\`\``;
    case "table":
      return renderTable(token);
    case "html":
      return renderHtml(token.text).trim();
    case "hr":
    case "def":
      return "";
    default:
      return renderInline([token]);
  }
}

function renderHeading({ tokens }: Tokens.Heading): string {
  const title = renderInline(tokens, { bold: true });
  return title.replace(/[^\s](?:.*[^\s])?/gu, (line) => /^\*.*\*$/u.test(line) ? line : `*${line}*`);
}

/** Numbers stay as written, since they may mean something. So does a plus: `+ IVA` is an amount more often than an item. */
function renderList({ items }: Tokens.List): string {
  return items.map((item) => {
    const [, number, sign] = /^\s*(?:(\d+)[.)]|(.))/u.exec(item.raw) ?? [];
    const bullet = number !== undefined ? `${number}.` : sign === "+" ? "+" : "-";
    const box = item.task ? (item.checked ? "☑ " : "☐ ") : "";
    const indent = " ".repeat(bullet.length + 1);
    const content = renderBlocks(item.tokens).replace(/\n(?!\n)/g, `\n${indent}`);
    return `${bullet} ${box}${content}`.trimEnd();
  }).join("\n");
}

/** A line for the head and one for each row; from the third column on, each value says what it is. */
function renderTable({ header, rows }: Tokens.Table): string {
  const names = header.map(({ tokens }) => renderInline(tokens, { bold: true }).trim());
  const isPair = names.length <= 2;
  const head = (isPair ? names : names.slice(0, 1)).filter((name) => name !== "").join(": ");
  const lines = rows.map((row) => {
    const cells = row.map(({ tokens }) => renderInline(tokens).trim());
    const values = cells.slice(1).map((cell, index) =>
      isPair || cell === "" ? cell : `${names[index + 1] ?? ""} ${cell}`.trim()
    ).filter((value) => value !== "");
    return [cells[0] ?? "", values.join(" · ")].filter((part) => part !== "").join(": ");
  }).filter((line) => line !== "");
  return [...(head === "" ? [] : [`*${head}*`]), ...lines.map((line) => `- ${line}`)].join("\n");
}
