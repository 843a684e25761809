const open = "⟦";
const close = "⟧";

/** The two brackets and their look-alikes, which a customer could write to end the fence. */
const brackets = new Map([[open, "["], [close, "]"], ["〚", "["], ["〛", "]"], ["⦗", "["], ["⦘", "]"], [
  "〖",
  "[",
], ["〗", "]"]]);

/**
 * What models read and people do not see: controls, direction overrides, zero-width and tag characters.
 * Line breaks, tabs and the joiner that emoji need stay.
 */
const invisible = /(?![\n\t\u200d])[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/**
 * Marks a text as data: nothing inside a fence is an instruction. It can't be left from inside, since the
 * fence's own brackets are replaced in the text, and so it needs no secret and is the same every time.
 *
 * @param label Ours, never a customer's: what the data is.
 * @param maxLength In characters; the rest is cut and marked with an ellipsis.
 */
export function fence(label: string, text: string, maxLength: number): string {
  return `${open}${label}: ${neutralise(text, maxLength)}${close}`;
}

function neutralise(text: string, maxLength: number): string {
  const cut = text.length > maxLength ? `${text.slice(0, maxLength)}…` : text;
  return cut.toWellFormed().replace(invisible, "").replace(
    /[⟦⟧〚〛⦗⦘〖〗]/g,
    (bracket) => brackets.get(bracket) ?? "",
  );
}
