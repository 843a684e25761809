/** Wires the keeper of receipts: POST, open to whoever holds a notification's token. */
import { config } from "../_shared/config.ts";
import { openDatabase } from "../_shared/database.ts";
import { openRateLimits } from "../_shared/rate-limits.ts";
import { serve } from "../_shared/serve.ts";
import { handle } from "./handler.ts";

const settings = config();
const database = openDatabase({ url: settings.secrets.databaseUrl, ...settings.database });
const limits = openRateLimits(database);

export default serve("alert-receipt", (request) => handle(request, { database, limits }), { cors: true });
