import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { run } from "../postgres17/run.mjs";
import type { DeploySettings } from "./read-settings.ts";

/** The Supabase CLI, acting on one project. */
export interface SupabaseCli {
  pushMigrations(): Promise<void>;
  deployFunctions(): Promise<void>;
}

/** Where Supabase's API is when nothing else is said. */
const usualApi = "https://api.supabase.com";

/** The CLI of `node_modules`, in the project at `root`. Each call throws with the last lines that it printed. */
export function supabaseCli(settings: DeploySettings, root: string): SupabaseCli {
  async function call(args: string[]): Promise<void> {
    const folder = await mkdtemp(join(tmpdir(), "deploy-"));
    try {
      const placed = [...args];
      if (settings.managementUrl !== usualApi) {
        await writeFile(join(folder, "profile.yaml"), profileOf(settings.managementUrl));
        placed.push("--profile", join(folder, "profile.yaml"));
      }
      await run(join(root, "node_modules/.bin/supabase"), [...placed, "--yes", "--agent", "no"], {
        cwd: root,
        env: { ...process.env, SUPABASE_ACCESS_TOKEN: settings.accessToken, DO_NOT_TRACK: "1" },
      });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
  const project = `--remote=${settings.projectRef}`;

  return {
    pushMigrations: () => call(["db", "push", `--remote=${settings.databaseUrl}`, "--include-all"]),
    deployFunctions: () => call(["functions", "deploy", "--use-api", project]),
  };
}

/** The CLI reads another API's address from a profile. */
function profileOf(apiUrl: string): string {
  const lines = {
    name: "deploy",
    api_url: apiUrl,
    dashboard_url: apiUrl,
    project_host: new URL(apiUrl).hostname,
  };
  return Object.entries(lines).map(([key, value]) => `${key}: ${value}\n`).join("");
}
