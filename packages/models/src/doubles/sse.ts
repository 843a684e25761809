/** One event of a stream as its lines on the wire. */
export function sse(data: unknown, event?: string): string {
  const text = typeof data === "string" ? data : JSON.stringify(data);
  return `${event === undefined ? "" : `event: ${event}\n`}data: ${text}\n\n`;
}

/** A text in the pieces in which models write it. */
export function piecesOf(text: string): string[] {
  return text.match(/[\s\S]{1,40}/g) ?? [];
}
