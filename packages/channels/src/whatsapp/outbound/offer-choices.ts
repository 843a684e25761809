import { InvalidInput, type OutboundContent } from "@app/contracts/mod.ts";
import { splitIntoBubbles } from "../text/split-into-bubbles.ts";

/** Something that a person may choose. */
export interface Choice {
  /** Comes back when it is tapped; 200 characters at most. */
  id: string;
  title: string;
  description?: string;
}

/** Words that a list needs, in the customer's language. */
export interface ChoiceWords {
  /** What opens the list, such as "Ver opciones"; 20 characters at most. */
  openList: string;
}

const limits = {
  buttons: { count: 3, title: 20, text: 1024, id: 256 },
  list: { count: 10, title: 24, description: 72, text: 4096, id: 200 },
  text: 4096,
};

/**
 * Offers choices in the best form that WhatsApp has for them: up to three short ones as buttons, up to ten as a list, and
 * whatever is longer, more, or not distinct as a numbered text. A text that is too long for its choices goes before them.
 *
 * @returns Messages in the order in which they are sent; one, unless the text is long.
 * @throws {InvalidInput} If there is no text.
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages#interactive-object
 */
export function offerChoices(
  text: string,
  choices: readonly Choice[],
  words: ChoiceWords,
): OutboundContent[] {
  if (text.trim() === "") {
    throw new InvalidInput("Cannot offer choices: a blank text, want something to read");
  }
  if (fitButtons(choices)) {
    const buttons = choices.map(({ id, title }) => ({ id, title }));
    return withLead(text, limits.buttons.text, (text) => ({ type: "buttons", text, buttons }));
  }
  if (fitList(choices, words)) {
    const rows = choices.map(({ id, title, description }) => ({
      id,
      title,
      ...(hasWords(description) && { description }),
    }));
    const { openList: button } = words;
    return withLead(text, limits.list.text, (text) => ({ type: "list", text, button, sections: [{ rows }] }));
  }
  return plain([text.trim(), ...choices.map(numbered)].join("\n"));
}

function fitButtons(choices: readonly Choice[]): boolean {
  return areDistinct(choices) && choices.length >= 1 && choices.length <= limits.buttons.count &&
    choices.every(({ id, title, description }) =>
      title.length <= limits.buttons.title && id.length <= limits.buttons.id && !hasWords(description)
    );
}

function fitList(choices: readonly Choice[], { openList }: ChoiceWords): boolean {
  return areDistinct(choices) && choices.length >= 1 && choices.length <= limits.list.count &&
    hasWords(openList) && openList.length <= limits.buttons.title &&
    choices.every(({ id, title, description = "" }) =>
      title.length <= limits.list.title && id.length <= limits.list.id &&
      description.length <= limits.list.description
    );
}

/** Graph refuses equal ids; equal titles would be refused on buttons, and confuse people in a list. */
function areDistinct(choices: readonly Choice[]): boolean {
  return [choices.map(({ id }) => id), choices.map(({ title }) => title.trim())]
    .every((names) => names.every(hasWords) && new Set(names).size === names.length);
}

function hasWords(text: string | undefined): text is string {
  return text !== undefined && text.trim() !== "";
}

function withLead(
  text: string,
  maxLength: number,
  withChoices: (text: string) => OutboundContent,
): OutboundContent[] {
  if (text.length <= maxLength) return [withChoices(text)];
  const bubbles = splitIntoBubbles(text, { maxLength, maxBubbles: 2 });
  return [...bubbles.slice(0, -1).flatMap(plain), withChoices(bubbles.at(-1) ?? text)];
}

function plain(text: string): OutboundContent[] {
  return splitIntoBubbles(text, { maxLength: limits.text, maxBubbles: 1 })
    .map((text) => ({ type: "text", text }));
}

function numbered({ title, description }: Choice, index: number): string {
  return `${index + 1}. ${[title, description].filter(hasWords).join(" — ")}`;
}
