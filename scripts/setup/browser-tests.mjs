import process from "node:process";
import { run } from "node:test";
import { spec } from "node:test/reporters";
import { say } from "./console.mjs";

/** Files at a time; each starts the product and a browser of its own. */
const atOnce = 2;

/**
 * Runs files of tests in a browser, some at a time, and those in which something failed once more, each alone: a machine
 * that does the work of two products and two browsers has let one of them wait for minutes. What fails both times has
 * failed; what passes then is named, since it is either slow or wrong.
 */
export async function runBrowserTests(files) {
  const first = await runFiles(files, atOnce);
  if (first.failed.length === 0) return { passed: first.passed.length, failed: 0 };
  const again = [...new Set(first.failed.map(({ file }) => file))];
  say(`once more, one after the other: ${again.length} of ${files.length} files`);
  const second = await runFiles(again, 1);
  const names = new Set(second.failed.map(nameOf));
  for (const each of first.failed.map(nameOf)) {
    if (!names.has(each)) say(`UNSTEADY, passed when it ran alone: ${each}`);
  }
  const elsewhere = first.passed.filter(({ file }) => !again.includes(file));
  return { passed: elsewhere.length + second.passed.length, failed: second.failed.length };
}

const nameOf = ({ file, name }) => `${file}: ${name}`;

function runFiles(files, concurrency) {
  const passed = [];
  const failed = [];
  const stream = run({ files, concurrency });
  stream.on("test:pass", (each) => passed.push(each));
  stream.on("test:fail", (each) => failed.push(each));
  return new Promise((resolve, reject) => {
    const shown = stream.compose(new spec());
    shown.on("data", (chunk) => process.stdout.write(chunk));
    shown.on("error", reject);
    shown.on("end", () => resolve({ passed, failed }));
  });
}
