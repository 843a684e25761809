/**
 * `npm run bench -- apps [runs]`: what Lighthouse says of the agent app on a phone, the median of 5 runs on each of its
 * pages, and how much code a page needs before it shows something. The app is the built one, served compressed and with
 * the headers of caches; its backend is the local platform.
 */
import { z } from "zod";
import { type Figures, report } from "../report.ts";

const runs = Number(Deno.args[0] ?? 5);
const script = new URL("measure.mjs", import.meta.url).pathname;
const measured = z.object({
  pages: z.record(
    z.string(),
    z.object({
      performance: z.number(),
      accessibility: z.number(),
      best_practices: z.number(),
      lcp_ms: z.number(),
      tbt_ms: z.number(),
      first_js_kb: z.number(),
      complaints: z.array(z.string()),
    }),
  ),
  opens_offline: z.boolean(),
  lighthouse: z.string(),
});

const output = await new Deno.Command("node", { args: [script, String(runs)], stderr: "inherit" }).output();
if (!output.success) Deno.exit(1);
const lastLine = new TextDecoder().decode(output.stdout).trim().split("\n").at(-1) ?? "";
const { pages, opens_offline, lighthouse } = measured.parse(JSON.parse(lastLine));
const figures: Figures = {};
const notes: string[] = [];
for (const [name, { complaints, ...page }] of Object.entries(pages)) {
  for (const [key, value] of Object.entries(page)) figures[`${name}_${key}`] = value;
  for (const complaint of complaints) notes.push(`${name}: ${complaint}`);
}
figures["opens_offline"] = Number(opens_offline);
report("apps", figures, "pglite", [
  ...notes,
  `Lighthouse ${lighthouse}, simulated phone and network, median of ${runs}; pages are loaded with no code in any cache`,
  `load average ${Deno.loadavg().map((load) => load.toFixed(1)).join(" ")} at the end`,
]);
