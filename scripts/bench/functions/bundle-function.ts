import { join } from "node:path";

/** A function in one file. */
export interface Bundle {
  path: string;
  bytes: number;
}

/** Bundles a function into `folder`; under Node, as the bundler wants it. @throws {Error} With what the bundler said. */
export async function bundleFunction(name: string, folder: string): Promise<Bundle> {
  const script = new URL("bundle.mjs", import.meta.url).pathname;
  const { code, stderr } = await new Deno.Command("node", { args: [script, name, folder], stdin: "null" })
    .output();
  if (code !== 0) throw new Error(`Cannot bundle "${name}": ${new TextDecoder().decode(stderr)}`);
  const path = join(folder, `${name}.mjs`);
  return { path, bytes: (await Deno.stat(path)).size };
}
