import { parseArgs } from "node:util";
import process from "node:process";
import { z } from "zod";
import { answer } from "./src/serve.ts";
import { listen } from "./src/listen.ts";
import { parseInput } from "./src/invalid-input.ts";
import { registration } from "./src/registry.ts";
import { settings } from "./src/settings.ts";
import { openSimulation } from "./src/simulation.ts";

/**
 * Runs the simulator until it is told to stop.
 *
 * Flags, or the environment variable beside each: `--port` (`SIMULATOR_PORT`, default 54330; 0 takes a free one),
 * `--ledger` (`SIMULATOR_LEDGER`, a folder, default `.local/whatsapp`), `--config` (`SIMULATOR_CONFIG`, a JSON file with
 * `apps`, `numbers` and `settings`). Prints one line of JSON when it is ready: `{"url": "http://127.0.0.1:54330"}`.
 */
async function main(): Promise<void> {
  const options = readOptions();
  const config = options.config ? await readConfig(options.config) : undefined;
  const simulation = await openSimulation(options.ledger, config?.settings);
  if (config) await simulation.registry.register(config);
  const server = await listen(options.port, (request) => answer(simulation, request));
  console.log(JSON.stringify({ url: `http://127.0.0.1:${server.port}` }));
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    Deno.addSignalListener(signal, async () => {
      simulation.stop();
      // A request that a fault holds back must not hold up the end.
      await server.close(SHUTDOWN_MS);
      await simulation.close();
      Deno.exit(0);
    });
  }
}

const SHUTDOWN_MS = 1_000;
const port = z.coerce.number().int().min(0).max(65_535);
const configFile = registration.extend({ settings: settings.partial().strict().default({}) });

function readOptions(): { port: number; ledger: string; config: string | undefined } {
  const { values } = parseArgs({
    args: Deno.args,
    options: { port: { type: "string" }, ledger: { type: "string" }, config: { type: "string" } },
  });
  return {
    port: parseInput(port, values.port ?? process.env.SIMULATOR_PORT ?? "54330"),
    ledger: values.ledger ?? process.env.SIMULATOR_LEDGER ?? ".local/whatsapp",
    config: values.config ?? process.env.SIMULATOR_CONFIG,
  };
}

async function readConfig(path: string): Promise<z.infer<typeof configFile>> {
  try {
    return parseInput(configFile, JSON.parse(await Deno.readTextFile(path)));
  } catch (error) {
    throw new Error(
      `Cannot read the configuration "${path}": ${error instanceof Error ? error.message : error}`,
    );
  }
}

try {
  await main();
} catch (error) {
  const isTaken = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
  const reason = isTaken ? "the port is taken" : error;
  console.error(`Cannot start the simulator: ${reason instanceof Error ? reason.message : reason}`);
  Deno.exit(1);
}
