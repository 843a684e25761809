import { freePort } from "@app/local-supabase/testing.ts";

/** Starts the stand-in and resolves when it answers. */
export async function startGraphStandIn() {
  const port = freePort();
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "--quiet", new URL("graph-stand-in.ts", import.meta.url).pathname],
    env: { PORT: String(port) },
    stdin: "null",
    stderr: "inherit",
  }).spawn();
  const url = `http://127.0.0.1:${port}`;
  let posts = 0;
  const look = async () => {
    const response = await fetch(url).catch(() => undefined);
    if (response) posts = (await response.json()).posts;
    return response !== undefined;
  };
  for (let tries = 0; tries < 100 && !(await look()); tries++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const timer = setInterval(look, 500);
  return {
    url,
    /** Messages that it has accepted so far, half a second ago. */
    count: () => posts,
    async stop() {
      clearInterval(timer);
      child.kill("SIGTERM");
      await child.status;
    },
  };
}
