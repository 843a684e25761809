import { existsSync } from "node:fs";
import { copyFile, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import process from "node:process";
import { freePort } from "@app/local-supabase/testing.ts";
import type { UploadedFunction } from "./keep-upload.ts";

/** An uploaded function that runs. */
export interface ServedFunction {
  /** Passes a request on; the function sees the path below `/functions/v1`, as hosted. */
  call(request: Request): Promise<Response>;
  stop(): Promise<void>;
}

/** Where uploaded files are, and their import map below it. */
type Place = Pick<UploadedFunction, "folder" | "importMap">;

/** Lets `npm:` imports of uploaded files be found among the installed packages, whose versions they pin. */
export async function lendPackages({ folder, importMap }: Place): Promise<void> {
  for (const place of [folder, join(folder, dirname(importMap))]) {
    if (existsSync(join(place, "node_modules"))) continue;
    await symlink(join(process.cwd(), "node_modules"), join(place, "node_modules"));
    await copyFile(join(process.cwd(), "package.json"), join(place, "package.json"));
  }
}

/** How Deno is told to take an uploaded function by its own import map and nothing else of ours. */
export function denoFlags({ folder, importMap }: Place): string[] {
  return ["--config", join(folder, importMap), "--node-modules-dir=manual"];
}

/** Starts a function from the files that arrived, with the project's secrets as its environment and nothing else. */
export async function serveUploaded(
  uploaded: UploadedFunction,
  environment: Record<string, string>,
): Promise<ServedFunction> {
  await lendPackages(uploaded);
  const port = freePort();
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "serve",
      "-A",
      "--no-check",
      "--quiet",
      ...denoFlags(uploaded),
      "--host",
      "127.0.0.1",
      "--port",
      String(port),
      join(uploaded.folder, uploaded.entrypoint),
    ],
    cwd: uploaded.folder,
    clearEnv: true,
    env: environment,
    stdin: "null",
    stdout: "null",
    stderr: "inherit",
  }).spawn();
  const base = `http://127.0.0.1:${port}`;
  let isOver = false;
  child.status.then(() => isOver = true);
  for (let tries = 0; !isOver && tries < 600; tries++) {
    const response = await fetch(base).catch(() => undefined);
    await response?.body?.cancel();
    if (response) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  if (isOver) throw new Error(`Cannot serve "${uploaded.slug}" from what was uploaded: it ended at start`);
  return {
    call(request) {
      const { pathname, search } = new URL(request.url);
      const path = pathname.replace(/^\/functions\/v1/, "");
      return fetch(`${base}${path}${search}`, request);
    },
    async stop() {
      // SIGTERM would wait for connections that clients keep open.
      child.kill("SIGKILL");
      await child.status;
    },
  };
}
