/** Long strings only lengthen the work: what tells two ids apart stands in their first 500 characters. */
const longest = 500;
/** More names than this make a line longer than anybody reads. */
const mostTags = 10;

/**
 * A short name for a provider's message id, the same wherever it is made, by which log lines about one message are found.
 * The id itself holds the customer's phone; the name does not give it away, since the id holds chance beside it.
 *
 * @returns 16 hexadecimal digits.
 */
export function messageTag(externalId: string): string {
  // FNV-1a, two of 32 bits from different beginnings.
  let one = 0x811c9dc5;
  let other = 0x9747b28c;
  for (let index = 0; index < Math.min(externalId.length, longest); index++) {
    const unit = externalId.charCodeAt(index);
    one = Math.imul(one ^ unit, 0x01000193);
    other = Math.imul(other ^ unit, 0x01000193) ^ (other >>> 15);
  }
  return hexadecimal(one) + hexadecimal(other);
}

/** The names of the messages that a log line is about, separated by spaces; of many only the first ten. */
export function messageTags(externalIds: readonly string[]): string | undefined {
  return externalIds.length === 0 ? undefined : externalIds.slice(0, mostTags).map(messageTag).join(" ");
}

function hexadecimal(bits: number): string {
  return (bits >>> 0).toString(16).padStart(8, "0");
}
