import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import process from "node:process";
import { say } from "./console.mjs";

/** Where Debian puts it; `CHROMIUM` names another one. */
export const chromium = process.env.CHROMIUM ?? "/usr/bin/chromium";

/**
 * The same Chromium without the window of a desktop browser around its pages, which takes a core of its own while a page
 * opens: for measuring pages. It has no notifications.
 */
export const headlessShell = process.env.CHROMIUM_HEADLESS_SHELL ?? "/usr/bin/chromium-headless-shell";

/** What Chromium is started with for a test: as root, without a screen, and without asking its maker for anything. */
export const browserFlags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * Installs Debian's Chromium if there is none: the one system package that the tests ask for.
 *
 * @param path Which of the two. Default {@linkcode chromium}.
 * @returns Why there is no browser to run here, or `null` if there is.
 */
export function ensureChromium(path = chromium) {
  if (existsSync(path)) return null;
  const name = path === headlessShell ? "chromium-headless-shell" : "chromium";
  if (process.platform !== "linux" || !existsSync("/usr/bin/apt-get")) {
    return "no Chromium, and no apt to install it";
  }
  if (process.getuid() !== 0) return "no Chromium, and installing it needs root";
  say(`Chromium: installing Debian's package ${name}`);
  const environment = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  for (const args of [["-q", "update"], ["-q", "install", "-y", "--no-install-recommends", name]]) {
    const result = spawnSync("apt-get", args, { stdio: ["ignore", "ignore", "pipe"], env: environment });
    if (result.status !== 0) {
      return `apt-get ${args[1]} ended with ${result.status}: ${result.stderr.toString().slice(-300)}`;
    }
  }
  return existsSync(path) ? null : `Debian's package ${name} brought no ${path}`;
}
