import { appendFile } from "node:fs/promises";

/** What a function logs when all is well; a request every few seconds would drown the rest. */
const isRoutine = (line: string) => /^\{.*"level":"info"/.test(line);

/**
 * Reads what the process of the functions prints, line by line: everything goes to `file`, and what is not routine also
 * to the console.
 */
export async function relayOutput(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  file: string,
  show: (line: string) => void = console.log,
): Promise<void> {
  let rest = "";
  for await (const text of stream.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    if (lines.length === 0) continue;
    for (const line of lines) if (!isRoutine(line)) show(line);
    await appendFile(file, `${lines.join("\n")}\n`);
  }
  if (rest !== "") show(rest);
}
