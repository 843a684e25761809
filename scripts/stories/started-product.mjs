// The product as `npm start` starts it, on free ports and in a folder of its own, for stories in a browser.

import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { root } from "../setup/console.mjs";
import { buildPages } from "../setup/pages.mjs";
import { deno } from "../setup/deno.mjs";
import { freePort } from "../setup/free-port.mjs";

/**
 * Builds its pages where needed, starts it and resolves when the phone page is up.
 *
 * @param isElsewhere Has it work when nobody else on this machine wants to, as if it ran on another. Default false.
 * @returns `status` as `.local/status.json` has it, the `folder` in place of `.local`, and `stop()`.
 */
export async function startProduct({ isElsewhere = false } = {}) {
  await buildPages();
  const folder = await mkdtemp(join(tmpdir(), "sales-engine-story-"));
  const [api, database, simulator, agentApp] = await Promise.all([
    freePort(),
    freePort(),
    freePort(),
    freePort(),
  ]);
  const command = [deno, "run", "-A", "--quiet", "scripts/start/main.ts"];
  const [program, ...args] = isElsewhere ? ["nice", "-n", "19", ...command] : command;
  const child = spawn(program, args, {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
    env: {
      ...process.env,
      DATABASE_URL: "",
      LOCAL_FOLDER: folder,
      API_PORT: String(api),
      DATABASE_PORT: String(database),
      SIMULATOR_PORT: String(simulator),
      AGENT_APP_PORT: String(agentApp),
    },
  });
  let output = "";
  child.stdout.on("data", (chunk) => output += chunk);
  const ended = new Promise((resolve) => child.on("exit", resolve));
  const file = join(folder, "status.json");
  const status = await waitFor(() => {
    if (child.exitCode !== null) throw new Error(`The product ended:\n${output}`);
    const found = readStatus(file);
    return found?.apps.phone ? found : undefined;
  });
  const simulate = async (path, body) => {
    const response = await fetch(`${status.apps.phone}/_simulator${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`Cannot play the customer: ${await response.text()}`);
    return await response.json();
  };
  return {
    status,
    folder,
    /** Has the simulator do something. @returns What it answers. */
    simulate,
    /** Has a customer of the wholesaler write; the demo's bot calls a person when one is asked for. */
    async write(phone, name, texts) {
      await simulate("/customers", { phone, name });
      for (const text of texts) {
        const number = status.whatsapp.phone_number_id;
        await simulate(`/customers/${phone}/messages`, { phone_number_id: number, type: "text", text });
      }
    },
    async stop() {
      child.kill("SIGTERM");
      const lastWord = setTimeout(() => child.kill("SIGKILL"), 30_000);
      await ended;
      clearTimeout(lastWord);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The status; `undefined` while there is none, or it is being written. */
function readStatus(file) {
  try {
    return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Asks until there is an answer. @throws After `patienceMs`. */
export async function waitFor(ask, patienceMs = 300_000) {
  const until = Date.now() + patienceMs;
  while (Date.now() < until) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`Nothing happened within ${patienceMs} ms`);
}
