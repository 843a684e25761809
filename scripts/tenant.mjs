// Creates, lists and drops tenants: `npm run tenant -- create --slug bakery --name "The Bakery" …`.

import { existsSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { root } from "./setup/console.mjs";
import { becomeDeno } from "./setup/deno.mjs";
import { installPackages } from "./setup/npm.mjs";

installPackages();
const settings = join(root, ".env");
if (existsSync(settings)) process.loadEnvFile(settings);
becomeDeno("scripts/tenant/main.ts", process.argv.slice(2));
