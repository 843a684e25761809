// Installs the npm packages of the lock file when they are not there, or when the lock file has changed since.

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { fail, root, say } from "./console.mjs";

const stamp = join(root, "node_modules/.installed-lock");

/** Makes `node_modules` agree with `package-lock.json`; nothing happens when it does already. */
export function installPackages() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    fail(`Node ${process.versions.node} is too old: 20.19 or newer is needed`);
  }
  const lock = createHash("sha256").update(readFileSync(join(root, "package-lock.json"))).digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lock) return;
  say("npm packages: installing from the lock file");
  // `npm ci` wants every optional package of every platform in the lock file, also those that a mirror does not have;
  // `npm install` takes the same versions from the same file.
  const { status } = spawnSync(
    "npm",
    ["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error"],
    {
      cwd: root,
      stdio: ["ignore", "inherit", "inherit"],
    },
  );
  if (status !== 0) {
    fail("npm could not install the packages; its message is above. Nothing else was changed");
  }
  writeFileSync(stamp, lock);
}
