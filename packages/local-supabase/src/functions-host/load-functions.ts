import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parse } from "smol-toml";
import { z } from "zod";

/** A function as the host serves it. */
export interface LoadedFunction {
  name: string;
  /** Whether the host itself turns away callers without a valid token or key; default true, as hosted. */
  verifyJwt: boolean;
  /** Absent if its module could not be imported. */
  fetch?: (request: Request) => Response | Promise<Response>;
}

const configuration = z.object({
  functions: z.record(z.string(), z.object({ verify_jwt: z.boolean().default(true) })).default({}),
});

const functionModule = z.object({
  default: z.object({
    fetch: z.custom<NonNullable<LoadedFunction["fetch"]>>((value) => typeof value === "function"),
  }),
});

/**
 * Imports `supabase/functions/<name>/index.ts` of every function. One that cannot be imported gets one line on the
 * console and no `fetch`; the others are served.
 *
 * @param root The project's root.
 */
export async function loadFunctions(root: string): Promise<Map<string, LoadedFunction>> {
  const folder = join(root, "supabase/functions");
  const { functions: settings } = configuration.parse(
    parse(await readFile(join(root, "supabase/config.toml"), "utf8")),
  );
  const names = (await readdir(folder)).filter((name) => existsSync(join(folder, name, "index.ts")));
  const loaded = await Promise.all(names.map(async (name): Promise<LoadedFunction> => {
    const verifyJwt = settings[name]?.verify_jwt ?? true;
    try {
      const module = functionModule.parse(await import(pathToFileURL(join(folder, name, "index.ts")).href));
      return { name, verifyJwt, fetch: (request) => module.default.fetch(request) };
    } catch (error) {
      const [firstLine] = String(error instanceof Error ? error.message : error).split("\n");
      console.error(`Cannot serve function "${name}": ${firstLine}`);
      return { name, verifyJwt };
    }
  }));
  return new Map(loaded.map((each) => [each.name, each]));
}
