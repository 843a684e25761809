import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { fail, root, say } from "./console.mjs";
import { show } from "./deno.mjs";

const phone = "packages/whatsapp-simulator/phone";
const agentApp = "apps/human-agent-app";

/** What Vite builds, and what each is made of. */
const pages = [
  { name: "phone page", folder: phone, sources: [phone, "packages/whatsapp-simulator/src", "packages/ui"] },
  {
    name: "agent app",
    folder: agentApp,
    sources: [agentApp, "packages/ui", "packages/contracts", "packages/sales-engine"],
  },
];

/** Builds the web pages whose sources have changed since the last time. */
export async function buildPages() {
  for (const page of pages) await build(page);
}

async function build({ name, folder, sources }) {
  const stamp = join(root, folder, "dist/.built-from");
  const hash = createHash("sha256");
  for (const file of sources.flatMap((source) => filesBelow(join(root, source)))) {
    hash.update(readFileSync(file));
  }
  const digest = hash.digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === digest) return;
  say(`${name}: building`);
  const vite = join(root, "node_modules/vite/bin/vite.js");
  const result = await show(process.execPath, [vite, "build", "--logLevel", "warn", join(root, folder)]);
  if (result.code !== 0) fail(`The ${name} could not be built; the message of the build is above`);
  writeFileSync(stamp, digest);
}

function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true }).sort((a, b) => a.name < b.name ? -1 : 1).flatMap(
    (entry) => {
      if (entry.name === "node_modules" || entry.name === "dist") return [];
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesBelow(path) : [path];
    },
  );
}
