// Makes the key pair by which push services know a deployment: `npm run push-keys`.

import { becomeDeno } from "./setup/deno.mjs";
import { installPackages } from "./setup/npm.mjs";

installPackages();
becomeDeno("scripts/push-keys/main.ts");
