/** Wires the setting of tools' secrets: POST with a user's JWT. */
import { config } from "../_shared/config.ts";
import { openDatabase } from "../_shared/database.ts";
import { openRateLimits } from "../_shared/rate-limits.ts";
import { readSecretKeys } from "../_shared/sealed-secrets.ts";
import { serve } from "../_shared/serve.ts";
import { handle, type Ports } from "./handler.ts";

const settings = config();
const database = openDatabase({ url: settings.secrets.databaseUrl, ...settings.database });
const ports: Ports = { database, settings, keys: readSecretKeys(settings.secrets.sealing) };

export default serve("set-tool-secret", (request, context) => handle(request, context, ports), {
  cors: true,
  limits: openRateLimits(database),
});
