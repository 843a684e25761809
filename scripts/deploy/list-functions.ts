import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** The edge functions of the checkout at `root`, by folder, in order. */
export function listFunctions(root: string): string[] {
  const folder = join(root, "supabase/functions");
  return readdirSync(folder).filter((name) => existsSync(join(folder, name, "index.ts"))).sort();
}
