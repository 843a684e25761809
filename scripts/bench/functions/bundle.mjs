// Bundles one edge function with everything that it imports, as a host does before it starts one, and writes the file.
//
// usage: node bundle.mjs <function> <output folder>

import { join } from "node:path";
import process from "node:process";
import { build } from "vite";

const [name, outDir] = process.argv.slice(2);
const root = process.cwd();
await build({
  configFile: false,
  logLevel: "error",
  root,
  resolve: { alias: { "@app": join(root, "packages") } },
  ssr: { noExternal: true, target: "node" },
  build: {
    ssr: join(root, "supabase/functions", name, "index.ts"),
    outDir,
    emptyOutDir: false,
    minify: true,
    rolldownOptions: { output: { entryFileNames: `${name}.mjs`, codeSplitting: false } },
  },
});
