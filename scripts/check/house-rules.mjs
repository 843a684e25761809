// Rules of this house that no common tool knows. Each is one function that returns its complaints.

import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { root } from "../setup/console.mjs";
import { secretKeyMisuses } from "./secret-key.mjs";
import { handmadeSql, namesInSql, unnotedRefusals } from "./sql-rules.mjs";

const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], { cwd: root })
  .toString().split("\n").filter((file) => file && existsSync(join(root, file)));
const read = (file) => readFileSync(join(root, file), "utf8");
const isTest = (file) => /\.test\.(ts|mjs)$|\/testing(\.ts$|\/)|^supabase\/tests\//.test(file);

/** Environment variables have one reader in the product. */
function environmentIsReadInOnePlace() {
  return files.filter((file) =>
    /^(supabase\/functions|packages\/(sales-engine|conversations|channels|models|contracts))\//.test(file)
  )
    .filter((file) =>
      /\.tsx?$/.test(file) && !isTest(file) && file !== "supabase/functions/_shared/config.ts"
    )
    .filter((file) => /Deno\.env|process\.env/.test(read(file)))
    .map((file) => `${file}: reads the environment; only supabase/functions/_shared/config.ts may`);
}

/** The engine decides; clocks, chance and the network are handed to it. */
function engineHasNoEffects() {
  return files.filter((file) => /^packages\/sales-engine\/src\/.*\.ts$/.test(file) && !isTest(file))
    .flatMap((file) => {
      const found = read(file).match(
        /Date\.now\(|new Date\(\)|Math\.random\(|crypto\.randomUUID|(?<![.\w])fetch\(/,
      );
      return found ? [`${file}: "${found[0]}" is an effect; take it as an argument`] : [];
    });
}

/** SQL is never made from values: postgres.js templates carry them apart from the text, migrations quote what they name. */
function sqlIsNotMadeFromValues() {
  const product = /^(supabase\/functions|packages\/conversations)\/.*\.ts$/;
  return files.filter((file) => !isTest(file)).flatMap((file) => {
    const complain = (found) => found.map((text) => `${file}: makes SQL from values: ${text}`);
    if (/^supabase\/migrations\/.*\.sql$/.test(file)) return complain(handmadeSql(read(file)));
    if (product.test(file)) return complain(namesInSql(read(file)));
    // Operators' tools name schemas that the registry gave, quoted by the driver; they run no text of their own.
    if (!/^scripts\/(tenant|deploy)\/.*\.ts$/.test(file)) return [];
    return complain(namesInSql(read(file)).filter((call) => call.startsWith(".unsafe")));
  });
}

/** Whoever is refused leaves a line in the server's log, since the transaction leaves nothing. */
function refusalsAreNoted() {
  return files.filter((file) => /^supabase\/migrations\/.*\.sql$/.test(file)).flatMap((file) =>
    unnotedRefusals(read(file)).map((text) => `${file}: call private.note_refusal before: ${text}`)
  );
}

/** The secret key is read for its purposes and for nothing else. */
function secretKeyHasPurposes() {
  const product =
    /^(supabase\/functions|packages\/(sales-engine|conversations|channels|models|knowledge|contracts|ui)|apps)\/.*\.tsx?$/;
  const sources = files.filter((file) => product.test(file) && !isTest(file));
  return secretKeyMisuses(new Map(sources.map((file) => [file, read(file)])));
}

/** Who a transaction is, and in which tenant's path, is set in one place, from the registry. */
function identityIsSetInOnePlace() {
  return files.filter((file) =>
    /^(supabase\/functions|packages\/conversations)\/.*\.ts$/.test(file) && !isTest(file) &&
    file !== "supabase/functions/_shared/database.ts"
  )
    .filter((file) => /set_config\(|set (local )?(role|search_path)\b/i.test(read(file)))
    .map((file) => `${file}: sets role or search path; only supabase/functions/_shared/database.ts may`);
}

/** The import map of each function agrees with the root, and pins the versions that the tests ran with. */
function functionsPinWhatWasTested() {
  const lock = JSON.parse(read("package-lock.json"));
  return files.filter((file) => /^supabase\/functions\/[^/]+\/deno\.json$/.test(file)).flatMap((file) => {
    const { imports = {} } = JSON.parse(read(file));
    const complaints = imports["@app/"] === "../../../packages/"
      ? []
      : [`${file}: "@app/" is not "../../../packages/"`];
    for (const [name, target] of Object.entries(imports)) {
      if (name === "@app/") continue;
      const installed = lock.packages[`node_modules/${name}`]?.version;
      if (target !== `npm:${name}@${installed}`) {
        complaints.push(`${file}: "${name}" is ${target}, installed is ${installed}`);
      }
    }
    return complaints;
  });
}

/** Every function folder is listed in config.toml, so that deploying it keeps its way of checking callers. */
function functionsAreConfigured() {
  const config = existsSync(join(root, "supabase/config.toml")) ? read("supabase/config.toml") : "";
  return files.filter((file) => /^supabase\/functions\/[^_/][^/]*\/index\.ts$/.test(file))
    .map((file) => file.split("/")[2])
    .filter((name) => !config.includes(`[functions.${name}]`))
    .map((name) => `supabase/config.toml: [functions.${name}] is missing`);
}

/** A definer function runs with its owner's rights, so it lives in `private` and pins its search path. */
function definersArePrivate() {
  return files.filter((file) => /^supabase\/migrations\/.*\.sql$/.test(file)).flatMap((file) =>
    [...read(file).matchAll(/create (?:or replace )?function ([\w.]+)\s*\([^]*?\$\$/gi)].flatMap(
      ([head, name]) => {
        if (!/security definer/i.test(head)) return [];
        if (!name.startsWith("private.")) return [`${file}: ${name} is security definer outside private`];
        return /set search_path\s*(=|to)\s*''/i.test(head)
          ? []
          : [`${file}: ${name} does not pin search_path`];
      },
    )
  );
}

/** Checks are mended, never switched off. */
function nothingIsSwitchedOff() {
  const marks =
    /deno-lint-ignore|deno-fmt-ignore|eslint-disable|@ts-(ignore|nocheck|expect-error)|\.(only|skip)\(|ignore: true/;
  return files.filter((file) => /\.(tsx?|mjs|cjs)$/.test(file) && file !== "scripts/check/house-rules.mjs")
    .flatMap((file) => {
      const found = read(file).match(marks);
      return found ? [`${file}: "${found[0]}" switches a check off`] : [];
    });
}

const rules = [
  environmentIsReadInOnePlace,
  engineHasNoEffects,
  sqlIsNotMadeFromValues,
  refusalsAreNoted,
  secretKeyHasPurposes,
  identityIsSetInOnePlace,
  functionsPinWhatWasTested,
  functionsAreConfigured,
  definersArePrivate,
  nothingIsSwitchedOff,
];
const complaints = rules.flatMap((rule) => rule());
for (const complaint of complaints) console.error(complaint);
process.exit(complaints.length === 0 ? 0 : 1);
