import { z } from "zod";

const loadResult = z.object({
  sent: z.number(),
  acknowledged: z.number(),
  errors: z.number(),
  p50_ms: z.number(),
  p99_ms: z.number(),
  max_ms: z.number(),
  per_s: z.number(),
  ran_out: z.boolean().optional(),
});

/** What a load generator saw. */
export type LoadResult = z.infer<typeof loadResult>;

/**
 * Runs one of the load generators beside this file in a Node process of its own.
 *
 * @param generator `open-load.mjs` or `closed-load.mjs`.
 * @param args Its arguments, as its first lines say.
 */
export async function runLoad(generator: string, args: (string | number)[]): Promise<LoadResult> {
  const script = new URL(generator, import.meta.url).pathname;
  const output = await new Deno.Command("node", {
    args: [script, ...args.map(String)],
    stdout: "piped",
    stderr: "inherit",
  }).output();
  const lastLine = new TextDecoder().decode(output.stdout).trim().split("\n").at(-1) ?? "";
  const result = loadResult.parse(JSON.parse(lastLine));
  if (result.ran_out) throw new Error("Cannot measure: the prepared requests were used up, so ids repeat");
  return result;
}
