// Runs one load or fault run by name: `npm run load -- kill`. The last line is one JSON object.

import { chooseProgram } from "./setup/choose-program.mjs";

await chooseProgram("load");
