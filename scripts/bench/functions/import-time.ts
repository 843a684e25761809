// Imports the file that it is given and prints how long that took, in milliseconds; one import per process, as in an
// isolate that has just been started.

import { pathToFileURL } from "node:url";

const [file = ""] = Deno.args;
const startedAt = performance.now();
await import(pathToFileURL(file).href);
console.log(performance.now() - startedAt);
Deno.exit(0);
