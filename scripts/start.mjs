// From a bare clone to a running product: installs what is missing, then starts the platform in this terminal.

import { becomeDeno } from "./setup/deno.mjs";
import { buildPages } from "./setup/pages.mjs";
import { installPackages } from "./setup/npm.mjs";

installPackages();
await buildPages();
becomeDeno("scripts/start/main.ts");
