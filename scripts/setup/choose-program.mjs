import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { installPostgres } from "../postgres17/install.mjs";
import { fail, root, say } from "./console.mjs";
import { becomeDeno } from "./deno.mjs";
import { installPackages } from "./npm.mjs";

/** Runs `scripts/<folder>/<name>/main.ts`, with the name and the rest of the arguments from the command line. */
export async function chooseProgram(folder) {
  installPackages();
  const [name, ...rest] = process.argv.slice(2);
  const names = readdirSync(join(root, "scripts", folder))
    .filter((entry) => existsSync(join(root, "scripts", folder, entry, "main.ts")));
  if (!names.includes(name)) fail(`Cannot run ${folder} "${name ?? ""}": there are ${names.join(", ")}`);
  await installPostgres(say);
  becomeDeno(`scripts/${folder}/${name}/main.ts`, rest);
}
