// Says whether the local platform is up, and where: addresses, keys and logins.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { root } from "./setup/console.mjs";

const file = join(root, ".local/status.json");
if (!existsSync(file)) {
  console.error("The local platform is not running: start it with `npm start`.");
  process.exit(1);
}
const status = JSON.parse(readFileSync(file, "utf8"));
const isUp = await fetch(`${status.api_url}/functions/v1/health`, { signal: AbortSignal.timeout(3000) })
  .then((response) => response.ok, () => false);
if (process.argv.includes("--json")) console.log(JSON.stringify({ is_up: isUp, ...status }, null, 2));
else {
  console.log(
    isUp
      ? "The local platform is up."
      : "The local platform does not answer: it was killed, or still starts.",
  );
  const lines = [
    ["phone", status.apps?.phone],
    ["agent app", status.apps?.agent],
    ["API", status.api_url],
    ["database", status.db_url],
    ["publishable key", status.publishable_key],
    ["secret key", status.secret_key],
    ...(status.users ?? []).map((
      user,
    ) => [`${user.role} of ${user.tenant}`, `${user.email}  ${user.password}`]),
  ];
  for (const [name, value] of lines) if (value) console.log(`  ${name.padEnd(18)} ${value}`);
}
process.exit(isUp ? 0 : 1);
