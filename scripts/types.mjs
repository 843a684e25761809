// Writes the types of schema api for the apps: `npm run types`.

import { becomeDeno } from "./setup/deno.mjs";
import { installPackages } from "./setup/npm.mjs";

installPackages();
becomeDeno("scripts/types/main.ts");
