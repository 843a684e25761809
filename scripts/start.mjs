// From a bare clone to a running product: installs what is missing, then starts the platform in this terminal.

import { becomeDeno } from "./setup/deno.mjs";
import { buildPhone } from "./setup/phone.mjs";
import { installPackages } from "./setup/npm.mjs";

installPackages();
await buildPhone();
becomeDeno("scripts/start/main.ts");
