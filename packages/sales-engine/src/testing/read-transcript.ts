/** One line of a transcript: `key: value`, or `field quantity = 400`. */
export interface TranscriptLine {
  /** Counted from 1 in the file. */
  number: number;
  /** In lower case, such as `customer`, `model says`, `state`; of `field x = y`, `no field x` and `known x = y` the words before x. */
  key: string;
  value: string;
}

/** A conversation as a product person writes it. */
export interface Transcript {
  /** Lines before the first blank line: `contact`, `today`, `start`, `known`, `language`, `tenant`. */
  header: TranscriptLine[];
  /** One paragraph is one turn. */
  turns: TranscriptLine[][];
}

/**
 * Reads a transcript. Paragraphs are parted by blank lines, `#` starts a comment line, and the first
 * paragraph is the header unless it holds a line of the customer.
 *
 * @throws {SyntaxError} For a line that is neither a comment nor `key: value`.
 */
export function readTranscript(text: string): Transcript {
  const paragraphs = text.replaceAll("\r\n", "\n").split(/\n[ \t]*\n/);
  let number = 1;
  const turns: TranscriptLine[][] = [];
  for (const paragraph of paragraphs) {
    const lines = paragraph.split("\n");
    turns.push(lines.flatMap((line, index) => readLine(line, number + index)));
    number += lines.length + 1;
  }
  const told = turns.filter((lines) => lines.length > 0);
  const isHeader = told[0]?.every((line) => !line.key.startsWith("customer") && line.key !== "cause") ??
    false;
  return isHeader ? { header: told[0] ?? [], turns: told.slice(1) } : { header: [], turns: told };
}

function readLine(line: string, number: number): TranscriptLine[] {
  const written = line.trim();
  if (written === "" || written.startsWith("#")) return [];
  const field = /^((?:no )?field|known)\s+(.+)$/i.exec(written);
  if (field) return [{ number, key: (field[1] ?? "").toLowerCase(), value: (field[2] ?? "").trim() }];
  const pair = /^([a-z][a-z ]*?)\s*:\s*(.*)$/i.exec(written) ??
    /^(model is [a-z]+|fails|understands)$/i.exec(written);
  if (!pair) {
    throw new SyntaxError(`Cannot read line ${number} of the transcript: "${written}" is not "key: value"`);
  }
  return [{ number, key: (pair[1] ?? "").toLowerCase(), value: pair[2] ?? "" }];
}
