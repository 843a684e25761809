/**
 * `npm run eval -- <tenant|machine>`: scripted customers in three languages play against a machine and a model.
 * Prints what became of each; the last line is one JSON object, which a later run can be compared with.
 */
import process from "node:process";
import { modelFromSettings, type ModelKeys } from "@app/models/mod.ts";
import { z } from "zod";
import { report } from "../bench/report.ts";
import { evaluate, readAudience } from "./evaluate.ts";
import { printComparison, printOutcomes } from "./print-outcomes.ts";
import { readArguments } from "./read-arguments.ts";
import { readMachine } from "./read-machine.ts";

const { machine: name, model, customers, compare, isVerbose } = readArguments(process.argv.slice(2));
const machine = await readMachine(name);
const { outcomes, figures } = await evaluate(
  machine,
  modelFromSettings({ model }, keysOf(process.env)),
  await readAudience(customers ?? name),
);
printOutcomes(outcomes, isVerbose);
if (compare !== null) printComparison(await readFigures(compare), figures);
report(`eval ${name} ${[model.provider, model.name].filter(Boolean).join("/")}`, figures, "none");

/** The figures of the last line of an earlier run's output. */
async function readFigures(path: string): Promise<Record<string, number>> {
  const last = (await Deno.readTextFile(path)).trim().split("\n").at(-1) ?? "";
  return z.object({ figures: z.record(z.string(), z.number()) }).parse(JSON.parse(last)).figures;
}

function keysOf(environment: NodeJS.ProcessEnv): ModelKeys {
  const { OPENAI_API_KEY, ANTHROPIC_API_KEY, GEMINI_API_KEY } = environment;
  return {
    ...(OPENAI_API_KEY && { openai: { apiKey: OPENAI_API_KEY } }),
    ...(ANTHROPIC_API_KEY && { anthropic: { apiKey: ANTHROPIC_API_KEY } }),
    ...(GEMINI_API_KEY && { gemini: { apiKey: GEMINI_API_KEY } }),
  };
}
