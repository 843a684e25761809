/**
 * Serves `supabase/functions` on one port, in this process: `deno run -A packages/local-supabase/functions.ts --port N`.
 * The settings of the functions are those of the environment. With `--with-parent` it ends when its standard input does,
 * so that nothing is left behind when whoever started it was killed.
 */
import process from "node:process";
import { parseArgs } from "node:util";
import { installBackgroundWork } from "./src/functions-host/background-work.ts";
import { loadFunctions } from "./src/functions-host/load-functions.ts";
import { serveFunctions } from "./src/functions-host/serve-functions.ts";

const { values } = parseArgs({
  options: { port: { type: "string", default: "54323" }, "with-parent": { type: "boolean", default: false } },
});
const background = installBackgroundWork();
const functions = await loadFunctions(process.cwd());
const server = serveFunctions(functions, Number(values.port));

let isEnding = false;
async function end(): Promise<void> {
  if (isEnding) return;
  isEnding = true;
  await Promise.race([server.shutdown().then(() => background.settled()), pause(3000)]);
  process.exit(0);
}

Deno.addSignalListener("SIGTERM", end);
// A terminal sends Ctrl-C to all of its processes; one with a parent waits for what that makes of it.
for (const signal of ["SIGINT", "SIGHUP"] as const) {
  Deno.addSignalListener(signal, () => values["with-parent"] ? undefined : end());
}
if (values["with-parent"]) Deno.stdin.readable.pipeTo(new WritableStream()).finally(() => process.exit(0));

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
