import postgres from "postgres";
import { freePort } from "@app/local-supabase/testing.ts";
import type { Stage } from "../../stage/stage.ts";
import { app } from "../../stage/tenants.ts";

/** Starts the bare receiver on the stage's database, in a process of its own. */
export async function startBareReceiver(stage: Stage): Promise<{ url: string; stop(): Promise<void> }> {
  const sql = postgres(stage.database.url, { max: 1 });
  await sql`create table public.bare_messages (id text primary key, body text not null)`;
  await sql.end();
  const port = freePort();
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "--quiet", new URL("bare-receiver.ts", import.meta.url).pathname],
    env: {
      PORT: String(port),
      DATABASE_URL: stage.database.url,
      DATABASE_POOL_SIZE: stage.environment.DATABASE_POOL_SIZE ?? "10",
      APP_SECRET: app.secret,
    },
    stdin: "null",
    stderr: "inherit",
  }).spawn();
  const url = `http://127.0.0.1:${port}/`;
  for (let tries = 0; tries < 100; tries++) {
    const response = await fetch(url, { method: "POST" }).catch(() => undefined);
    await response?.body?.cancel();
    if (response) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    url,
    async stop() {
      child.kill("SIGTERM");
      await child.status;
    },
  };
}
