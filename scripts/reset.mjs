// Deletes everything that the local platform keeps: database, files, keys, the simulator's ledger.

import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { askToConfirm, saysYes } from "./setup/ask-to-confirm.mjs";
import { fail, root } from "./setup/console.mjs";

const folder = join(root, ".local");
if (!existsSync(folder)) {
  console.log("Nothing to delete: the local platform has kept nothing yet.");
  process.exit(0);
}
const statusFile = join(folder, "status.json");
if (existsSync(statusFile)) {
  const { api_url: url } = JSON.parse(readFileSync(statusFile, "utf8"));
  const isUp = await fetch(url, { signal: AbortSignal.timeout(2000) }).then(() => true, () => false);
  if (isUp) fail("The local platform is running: stop it with Ctrl-C first. Nothing was deleted");
}
if (!process.argv.includes("--yes")) {
  const question = "Delete the local database, files, keys and ledger? [y/N] ";
  const isMeant = await askToConfirm(question, saysYes, "`npm run reset -- --yes`")
    .catch((error) => fail(error.message));
  if (!isMeant) fail("Nothing was deleted");
}
rmSync(folder, { recursive: true, force: true });
console.log("Deleted. `npm start` begins anew.");
