import { fold } from "./text.ts";

/** A piece of a message that stands for a value of its own. */
export interface Span {
  text: string;
  start: number;
  end: number;
}

/** Email addresses in a text. */
export function readEmails(text: string): Span[] {
  return spansOf(text, /[\p{L}\p{N}._%+-]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.)+\p{L}{2,24}/gu);
}

/** Web addresses in a text. */
export function readUrls(text: string): Span[] {
  return spansOf(text, /\b(?:https?:\/\/|www\.)\S+/gi);
}

/** Phone numbers: 7 to 15 digits (E.164) that are written as one, with a plus, spaces, dashes or brackets. */
export function readPhones(text: string): Span[] {
  return spansOf(text, /(?<![\p{L}\p{N}.,])\+?\(?\d[\d\s().-]{5,20}\d(?![\p{L}\p{N}])/gu).filter((span) => {
    const digits = span.text.replace(/\D/g, "").length;
    return digits >= 7 && digits <= 15 && !/^\d{1,3}(?:[.,]\d{3})+$/.test(span.text) &&
      !/^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}$/.test(span.text);
  });
}

const labelled =
  /\b(?:ruc|nit|rfc|cnpj|cpf|cuit|cuil|nif|cif|ein|vat(?: number| no)?|tax id|tin|id fiscal|rut)\b(?:\s*(?:es|is|e|number|nro|numero|n|no|de la empresa|da empresa))*\s*[.:#º°-]*\s*([a-z0-9][a-z0-9./-]{5,19})/g;
const shaped =
  /\b(?:\d{2}\.?\d{3}\.?\d{3}\/\d{4}-?\d{2}|\d{3}\.\d{3}\.\d{3}-\d{2}|[a-zñ&]{3,4}\d{6}[a-z0-9]{3}|\d{2}-\d{7,8}-?\d?|[12]0\d{9}|\d{8,10}-[\dk])\b/g;

/** Tax ids: what follows RUC, NIT, RFC, CNPJ, CUIT, VAT and the like, or has the shape of one of them. */
export function readTaxIds(text: string): Span[] {
  const folded = fold(text);
  const spans: Span[] = [];
  for (const match of folded.matchAll(labelled)) {
    const id = match[1];
    if (!id || !/\d{4}/.test(id.replace(/[./-]/g, ""))) continue;
    const start = match.index + match[0].length - id.length;
    spans.push({ text: trimEnd(text.slice(start, start + id.length)), start, end: start + id.length });
  }
  for (const match of folded.matchAll(shaped)) {
    const [start, end] = [match.index, match.index + match[0].length];
    if (spans.some((span) => start < span.end && span.start < end)) continue;
    spans.push({ text: text.slice(start, end), start, end });
  }
  return spans;
}

function trimEnd(text: string): string {
  return text.replace(/[.,-]+$/, "");
}

function spansOf(text: string, pattern: RegExp): Span[] {
  return [...text.matchAll(pattern)].map((match) => ({
    text: trimEnd(match[0].trim()),
    start: match.index,
    end: match.index + match[0].length,
  }));
}
