import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { relayOutput } from "./relay-output.ts";

Deno.test("relayOutput() shows what matters and keeps everything", async () => {
  const folder = await mkdtemp(join(tmpdir(), "relay-"));
  const file = join(folder, "functions.log");
  const text = '{"level":"info","event":"request"}\nplain ñ\n{"level":"error","event":"bug"}\n';
  const bytes = new TextEncoder().encode(text);
  const shown: string[] = [];
  const cut = bytes.indexOf(0xc3) + 1;
  await relayOutput(
    ReadableStream.from([bytes.slice(0, cut), bytes.slice(cut)]),
    file,
    (line) => void shown.push(line),
  );
  assert.deepEqual(shown, ["plain ñ", '{"level":"error","event":"bug"}']);
  assert.equal(await readFile(file, "utf8"), text);
  await rm(folder, { recursive: true });
});
