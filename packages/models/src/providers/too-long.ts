/** Characters of an answer that are read. Four messages of WhatsApp's longest, quoted, are a third of it. */
const mostCharacters = 65_536;

/** The model writes without end. The stream is left at once, so that no more tokens are paid for. */
export class TooLong extends Error {
  override readonly name = "TooLong";

  constructor() {
    super(`Cannot read answer: more than ${mostCharacters} characters`);
  }
}

/** Puts two parts of an answer together. @throws {TooLong} */
export function join(text: string, more: string): string {
  if (text.length + more.length > mostCharacters) throw new TooLong();
  return text + more;
}
