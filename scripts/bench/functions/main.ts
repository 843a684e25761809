/**
 * `npm run bench -- functions [times]`: how large each edge function is in one minified file, and how long a fresh isolate
 * takes to import it. The smallest function, `health`, is what every function pays.
 */
import process from "node:process";
import { listFunctions } from "../../deploy/list-functions.ts";
import { percentile, report } from "../report.ts";
import { bundleFunction } from "./bundle-function.ts";

const times = Number(Deno.args[0] ?? 9);
const folder = await Deno.makeTempDir({ prefix: "bench-functions-" });
const names = listFunctions(process.cwd());
try {
  const figures: Record<string, number> = {};
  for (const name of names) {
    const { path, bytes } = await bundleFunction(name, folder);
    const imports: number[] = [];
    for (let time = 0; time < times; time++) imports.push(await importOnce(path));
    const key = name.replaceAll("-", "_");
    figures[`${key}_kb`] = Math.round(bytes / 1024);
    figures[`${key}_import_ms`] = percentile(imports, 0.5);
  }
  report("functions", figures, "none", [
    "stand-in: Deno on this machine takes the place of the edge runtime",
  ]);
} finally {
  await Deno.remove(folder, { recursive: true });
}

async function importOnce(file: string): Promise<number> {
  const { stdout, stderr, code } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "--quiet", new URL("import-time.ts", import.meta.url).pathname, file],
    env: {
      DATABASE_URL: "postgresql://nobody@127.0.0.1:1/none",
      SECRETS_KEYS: `k1:${btoa("0".repeat(32))}`,
      SUPABASE_SECRET_KEYS: '{"default":"sb_secret_bench"}',
    },
    stdin: "null",
  }).output();
  if (code !== 0) throw new Error(`Cannot import ${file}: ${new TextDecoder().decode(stderr)}`);
  return Number(new TextDecoder().decode(stdout).trim().split("\n").at(-1));
}
