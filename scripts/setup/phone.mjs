import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { fail, root, say } from "./console.mjs";
import { show } from "./deno.mjs";

const phone = "packages/whatsapp-simulator/phone";
const sources = [phone, "packages/whatsapp-simulator/src", "packages/ui"];

/** Builds the phone's web page when its sources have changed since the last time. */
export async function buildPhone() {
  const stamp = join(root, phone, "dist/.built-from");
  const hash = createHash("sha256");
  for (const file of sources.flatMap((folder) => filesBelow(join(root, folder)))) {
    hash.update(readFileSync(file));
  }
  const digest = hash.digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === digest) return;
  say("phone page: building");
  const result = await show(process.execPath, [
    join(root, "node_modules/vite/bin/vite.js"),
    "build",
    "--logLevel",
    "warn",
    join(root, phone),
  ]);
  if (result.code !== 0) fail("The phone page could not be built; the message of the build is above");
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
