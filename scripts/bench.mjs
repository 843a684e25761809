// Runs one benchmark by name: `npm run bench -- ingest`. The last line is one JSON object.

import { chooseProgram } from "./setup/choose-program.mjs";

await chooseProgram("bench");
