import { fileURLToPath } from "node:url";

const root = new URL("../../", import.meta.url);

/** Where the types of schema `api` are kept for apps and functions. */
export const generatedFile = new URL("packages/contracts/src/generated/database.ts", root);

const heading = "// Types of schema api. Made by `npm run types`; a test proves that they are current.\n\n";

/**
 * Types of schema `api` as the Supabase CLI makes them from a database, formatted like the rest of the code.
 *
 * @param databaseUrl A database with all migrations; its server may be without TLS.
 * @throws {Error} With what the CLI or the formatter said.
 */
export async function generateTypes(databaseUrl: string): Promise<string> {
  const cli = fileURLToPath(new URL("node_modules/.bin/supabase", root));
  const typescript = await run(cli, ["gen", "types", `--remote=${databaseUrl}`, "--schema", "api"]);
  return await run(Deno.execPath(), ["fmt", "--ext=ts", "--config", "deno.json", "-"], heading + typescript);
}

async function run(command: string, args: string[], input = ""): Promise<string> {
  const child = new Deno.Command(command, {
    args,
    cwd: fileURLToPath(root),
    env: { DO_NOT_TRACK: "1", DENO_NO_UPDATE_CHECK: "1", PGSSLMODE: "disable" },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(input));
  await writer.close();
  const { success, stdout, stderr } = await child.output();
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  if (!success) throw new Error(`Cannot run ${command}: ${decode(stderr).trim()}`);
  return decode(stdout);
}
