/** Runs the local platform until Ctrl-C: `deno run -A packages/local-supabase/main.ts`. */
import { CannotStart } from "./src/cannot-start.ts";
import { startPlatform } from "./src/platform.ts";

try {
  const platform = await startPlatform();
  console.log(`The platform is up at ${platform.apiUrl}`);
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    Deno.addSignalListener(signal, async () => {
      await platform.stop();
      Deno.exit(0);
    });
  }
} catch (error) {
  if (!(error instanceof CannotStart)) throw error;
  console.error(error.message);
  Deno.exit(1);
}
