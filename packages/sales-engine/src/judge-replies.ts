import { boundedValue } from "./bounded-json.ts";
import type { Refusal, Reply } from "./turn-result.ts";
import { cleanText } from "./validate-field.ts";

/** Messages that one turn may send. */
export const mostReplies = 4;

/**
 * Longest text above buttons, in characters.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/messages/interactive-reply-buttons-messages
 */
const longestWithButtons = 1024;

/**
 * Makes replies that may be sent and that every channel can send: no price without evidence, storable
 * text, and buttons that differ from each other.
 *
 * @param unfounded The prices without evidence in each reply; see `findUnfoundedPrices`.
 * @returns The replies that are left, maybe none.
 */
export function judgeReplies(
  proposed: Reply[],
  unfounded: string[][],
): { replies: Reply[]; refusals: Refusal[] } {
  const refusals: Refusal[] = [];
  const replies = proposed.slice(0, mostReplies).flatMap((reply, index): Reply[] => {
    const prices = unfounded[index] ?? [];
    if (prices.length > 0) {
      refusals.push({
        what: "reply",
        value: boundedValue(reply.text),
        why: `states ${prices.join(", ")} without evidence`,
      });
      return [];
    }
    const text = cleanText(reply.text);
    const buttons = distinct(
      reply.buttons.map(({ id, title }) => ({ id: cleanText(id), title: cleanText(title) })),
    );
    if (buttons.length < reply.buttons.length) {
      refusals.push({
        what: "reply",
        value: boundedValue(reply.buttons),
        why: "has buttons that are the same",
      });
    }
    if (reply.list && buttons.length === 0) return [{ text, buttons, list: reply.list }];
    if (buttons.length === 0 || text.length <= longestWithButtons) return [{ text, buttons }];
    refusals.push({
      what: "reply",
      value: text.length,
      why: `is longer than ${longestWithButtons} characters above buttons`,
    });
    return [{ text, buttons: [] }];
  });
  return { replies, refusals };
}

function distinct(buttons: Reply["buttons"]): Reply["buttons"] {
  return buttons.filter((button, index) =>
    buttons.findIndex((other) => other.id === button.id || other.title === button.title) === index
  );
}
