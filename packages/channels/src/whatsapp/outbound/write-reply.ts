import type { OutboundContent } from "@app/contracts/mod.ts";
import { splitIntoBubbles } from "../text/split-into-bubbles.ts";
import { toWhatsAppText } from "../text/to-whatsapp-text.ts";
import { type Choice, type ChoiceWords, offerChoices } from "./offer-choices.ts";

/** What somebody wants to say, in markdown, with answers to choose from. */
export interface Reply {
  text: string;
  buttons: readonly Choice[];
  /** Rows to choose from instead of buttons, and the word that opens them, if they come as a list. */
  list?: { button: string; rows: readonly Choice[] };
}

/** A text up to this length, in UTF-16 units, is one bubble, whatever its paragraphs: nobody sends crumbs. */
const crumb = 160;

/** WhatsApp's longest text, and as many bubbles as a person reads at once. */
const bubbles = { maxLength: 4096, maxBubbles: 3 };

const words: Record<string, ChoiceWords> = {
  en: { openList: "See options" },
  es: { openList: "Ver opciones" },
  pt: { openList: "Ver opções" },
};
const otherwise: ChoiceWords = { openList: "≡" };

/**
 * Writes a reply as WhatsApp messages: its markdown as WhatsApp's, a bubble for each paragraph up to three, and the choices
 * under the last one in the form that fits them. Pure; nothing it returns breaks a limit of WhatsApp.
 *
 * @param language BCP 47, for the word that opens a list which has none of its own.
 * @returns In the order in which they are sent; none for a blank text.
 */
export function writeReply({ text, buttons, list }: Reply, language: string): OutboundContent[] {
  const said = toWhatsAppText(text) || text.trim();
  const parts = splitIntoBubbles(said, said.length <= crumb ? { ...bubbles, maxBubbles: 1 } : bubbles);
  const last = parts.at(-1);
  if (last === undefined) return [];
  const plain = (text: string): OutboundContent => ({ type: "text", text });
  const choices = list?.rows ?? buttons;
  if (choices.length === 0) return parts.map(plain);
  const base = language.slice(0, 2).toLowerCase();
  const opening = list ? { openList: list.button } : words[base] ?? otherwise;
  return [...parts.slice(0, -1).map(plain), ...offerChoices(last, choices, opening)];
}
