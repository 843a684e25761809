/** Wires invitations: POST with a user's JWT. */
import { config } from "../_shared/config.ts";
import { openDatabase } from "../_shared/database.ts";
import { openRateLimits } from "../_shared/rate-limits.ts";
import { serve } from "../_shared/serve.ts";
import { handle, type Ports } from "./handler.ts";
import { mailByAuth } from "./mail-invitation.ts";

const settings = config();
const database = openDatabase({ url: settings.secrets.databaseUrl, ...settings.database });
const ports: Ports = {
  database,
  settings,
  appUrl: settings.appUrl,
  mail: mailByAuth({
    url: settings.supabaseUrl,
    secretKey: settings.secrets.secretKeys.default ?? "",
    publishableKey: settings.publishableKey,
    fetch,
  }),
};

export default serve("invite-member", (request, context) => handle(request, context, ports), {
  cors: true,
  limits: openRateLimits(database),
});
