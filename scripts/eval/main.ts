/**
 * `npm run eval -- <tenant|machine>`: scripted customers in three languages play against a machine and a model.
 * Prints what became of each; the last line is one JSON object, which a later run can be compared with.
 */
import process from "node:process";
import { modelFromSettings } from "@app/models/mod.ts";
import { z } from "zod";
import { report } from "../bench/report.ts";
import { evaluate, readAudience } from "./evaluate.ts";
import { keysOf } from "./model-keys.ts";
import { printComparison, printOutcomes } from "./print-outcomes.ts";
import { readArguments } from "./read-arguments.ts";
import { readBusiness } from "./read-business.ts";

const { machine: name, model, customers, compare, isVerbose } = readArguments(process.argv.slice(2));
const { outcomes, figures } = await evaluate(
  await readBusiness(name),
  modelFromSettings({ model }, keysOf(process.env, model.baseUrl)),
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
