import assert from "node:assert/strict";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { z } from "zod";
import type { UploadedFunction } from "./keep-upload.ts";
import { denoFlags, lendPackages } from "./serve-uploaded.ts";

/** As `deno info --json` prints it; a dependency without `code` gives types alone, which nothing asks for when it runs. */
const graph = z.object({
  modules: z.array(z.object({
    specifier: z.string(),
    dependencies: z.array(z.object({ specifier: z.string(), code: z.unknown().optional() })).default([]),
  })),
});
const importMapFile = z.object({ imports: z.record(z.string(), z.string()) });

/**
 * Type-checks functions from the files that arrived. Everything that a function imports must be found by its own import
 * map among its own files; types are then checked once for all of them, since they share most of what they import.
 *
 * @param folder Where a tree of all files may be put.
 * @returns What is wrong; empty when nothing is.
 * @throws {AssertionError} When two functions arrived with different versions of a file or of a package.
 */
export async function checkUploaded(folder: string, uploads: UploadedFunction[]): Promise<string> {
  for (const uploaded of uploads) {
    const missing = await findMissing(uploaded);
    if (missing.length > 0) return `${uploaded.slug}: ${missing.join("\n")}`;
  }
  const merged = await merge(join(folder, "merged"), uploads);
  const { code, stderr } = await deno(
    ["check", "--quiet", ...denoFlags(merged), ...merged.entrypoints],
    merged,
  );
  return code === 0 ? "" : stderr || `deno check ended with ${code}`;
}

/**
 * What a function imports and would not find when hosted: a file that did not arrive, a package that its own import map
 * does not name. Here the latter would be found among the installed packages all the same, so names are compared.
 */
async function findMissing(uploaded: UploadedFunction): Promise<string[]> {
  await lendPackages(uploaded);
  const args = ["info", "--quiet", "--json", ...denoFlags(uploaded), uploaded.entrypoint];
  const { code, stdout, stderr } = await deno(args, uploaded);
  if (code !== 0) return [stderr];
  const missing: string[] = [];
  JSON.parse(stdout, (key, value) => {
    if (key === "error") missing.push(String(value));
    return value;
  });
  const names = Object.keys(await importsOf(uploaded));
  for (const { specifier: module, dependencies } of graph.parse(JSON.parse(stdout)).modules) {
    if (!module.startsWith(`file://${uploaded.folder}/`)) continue;
    for (const { specifier, code } of dependencies) {
      const isNamed = code === undefined || /^[./]|^(node|npm|file):/.test(specifier) ||
        // Of a package that is named, Deno finds what is inside as well.
        names.some((name) => name === specifier || specifier.startsWith(name.replace(/\/?$/, "/")));
      if (!isNamed) missing.push(`${specifier} is not in the import map`);
    }
  }
  return missing;
}

/** One tree of all files, and one import map of all. */
async function merge(folder: string, uploads: UploadedFunction[]) {
  await rm(folder, { recursive: true, force: true });
  const imports: Record<string, string> = {};
  const texts = new Map<string, string>();
  for (const uploaded of uploads) {
    for (const file of uploaded.files) {
      const text = await readFile(join(uploaded.folder, file), "utf8");
      assert.equal(texts.get(file) ?? text, text, `${file} of ${uploaded.slug} is not that of the others`);
      texts.set(file, text);
    }
    for (const [name, target] of Object.entries(await importsOf(uploaded))) {
      assert.equal(
        imports[name] ?? target,
        target,
        `"${name}" of ${uploaded.slug} is not that of the others`,
      );
      imports[name] = target;
    }
  }
  for (const [file, text] of texts) {
    const place = join(folder, file);
    await mkdir(dirname(place), { recursive: true });
    await writeFile(place, text);
  }
  const place = { folder, importMap: "deno.json", entrypoints: uploads.map(({ entrypoint }) => entrypoint) };
  await writeFile(join(folder, place.importMap), JSON.stringify({ imports }));
  await lendPackages(place);
  return place;
}

/** A function's own imports, paths seen from the root of the tree. */
async function importsOf({ folder, importMap }: UploadedFunction): Promise<Record<string, string>> {
  const { imports } = importMapFile.parse(JSON.parse(await readFile(join(folder, importMap), "utf8")));
  return Object.fromEntries(
    Object.entries(imports).map(([name, target]) => [
      name,
      target.startsWith(".") ? `./${relative(folder, join(folder, dirname(importMap), target))}/` : target,
    ]),
  );
}

async function deno(args: string[], { folder }: { folder: string }) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), { args, cwd: folder }).output();
  const text = new TextDecoder();
  return { code, stdout: text.decode(stdout), stderr: text.decode(stderr) };
}
