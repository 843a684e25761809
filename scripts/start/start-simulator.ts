import { existsSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { CannotStart } from "@app/local-supabase/mod.ts";
import { stopLeftover } from "./stop-leftover.ts";

/** What the simulator is told. */
export interface SimulatorSetup {
  port: number;
  /** Of its ledger; kept from start to start. */
  folder: string;
  webhookUrl: string;
  whatsapp: {
    app_id: string;
    app_secret: string;
    verify_token: string;
    numbers: {
      tenant_name: string;
      phone_number_id: string;
      display_phone_number: string;
      waba_id: string | undefined;
      access_token: string | undefined;
    }[];
  };
}

/**
 * Starts Meta's side in a process of its own and resolves when it answers. One that an earlier start left behind, because
 * it was killed, is stopped first; the ledger goes on.
 *
 * @throws {CannotStart} With what the process said, if it ends at once.
 */
export async function startSimulator(setup: SimulatorSetup): Promise<{ url: string; stop(): Promise<void> }> {
  await mkdir(setup.folder, { recursive: true });
  const pidFile = join(setup.folder, "process.json");
  await stopLeftover(pidFile, "whatsapp-simulator");
  const config = join(setup.folder, "config.json");
  await writeFile(config, JSON.stringify(configuration(setup)), { mode: 0o600 });
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-A",
      "--no-check",
      "--quiet",
      "packages/whatsapp-simulator/main.ts",
      ...["--port", String(setup.port), "--ledger", setup.folder, "--config", config],
    ],
    stdin: "null",
    stdout: "null",
    stderr: "inherit",
  }).spawn();
  const url = `http://127.0.0.1:${setup.port}`;
  await untilReady(url, child);
  await writeFile(pidFile, JSON.stringify({ pid: child.pid }));
  return {
    url,
    async stop() {
      try {
        process.kill(child.pid, "SIGTERM");
      } catch {
        // It had the same Ctrl-C as we and is gone already.
      }
      await child.status;
      if (existsSync(pidFile)) await rm(pidFile);
    },
  };
}

function configuration({ webhookUrl, whatsapp }: SimulatorSetup) {
  const { app_id, app_secret, verify_token } = whatsapp;
  return {
    apps: [{ app_id, app_secret, verify_token, webhook_url: webhookUrl }],
    numbers: whatsapp.numbers.map((number) => ({
      phone_number_id: number.phone_number_id,
      waba_id: number.waba_id,
      app_id,
      display_phone_number: number.display_phone_number,
      name: number.tenant_name,
      access_token: number.access_token,
    })),
  };
}

async function untilReady(url: string, child: Deno.ChildProcess): Promise<void> {
  let hasEnded = false;
  child.status.then(() => hasEnded = true);
  for (let tries = 0; tries < 200; tries++) {
    if (hasEnded) throw new CannotStart("Cannot start the WhatsApp simulator: its message is above");
    const response = await fetch(`${url}/_simulator/health`).catch(() => undefined);
    await response?.body?.cancel();
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new CannotStart("Cannot start the WhatsApp simulator: it did not answer within 10 s");
}
