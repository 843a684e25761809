import { join } from "node:path";
import { z } from "zod";
import type { Party } from "./set-party.ts";

const heard = z.array(z.object({
  /** Of each event its id and when it was heard, in milliseconds since 1970. */
  events: z.array(z.tuple([z.string(), z.number()])),
  /** Ids of the messages that the app holds of its conversation, in its order. */
  messages: z.array(z.string()),
}));

/** The agents' apps, in a process of their own. */
export interface RunningAgents {
  /** Takes the network from those who are to lose it, and gives it back. */
  cut(): Promise<void>;
  restore(): Promise<void>;
  /** Waits until nothing is on its way. @returns What each agent heard and holds, in the order of the agents. */
  end(): Promise<z.infer<typeof heard>>;
  stop(): Promise<void>;
}

/** Starts them; resolves when all of them listen. */
export async function startAgents({ platform, agents }: Party, folder: string): Promise<RunningAgents> {
  const [input, output] = [join(folder, "agents.json"), join(folder, "heard.json")];
  const { api_url: url, publishable_key: key } = platform.status;
  await Deno.writeTextFile(input, JSON.stringify({ url, key, agents }));
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-A",
      "--no-check",
      "--quiet",
      new URL("agents.ts", import.meta.url).pathname,
      input,
      output,
    ],
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const writer = child.stdin.getWriter();
  const lines = child.stdout.pipeThrough(new TextDecoderStream())[Symbol.asyncIterator]();
  const answer = async (wanted: string) => {
    const { value, done } = await lines.next();
    if (done || value.trim() !== wanted) {
      throw new Error(`Cannot go on with the agents: they said "${value ?? "nothing"}", wanted "${wanted}"`);
    }
  };
  const order = async (what: string, wanted: string) => {
    await writer.write(new TextEncoder().encode(`${what}\n`));
    await answer(wanted);
  };
  await answer("ready");
  return {
    cut: () => order("cut", "is cut"),
    restore: () => order("restore", "is restored"),
    async end() {
      await order("end", "has ended");
      return heard.parse(JSON.parse(await Deno.readTextFile(output)));
    },
    async stop() {
      await writer.close().catch(() => {});
      // Whoever was told to end has done so by itself.
      const timer = setTimeout(() => child.kill("SIGKILL"), 5_000);
      await child.status;
      clearTimeout(timer);
    },
  };
}
