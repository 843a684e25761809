/** Wires the WhatsApp webhook: POST and GET from Meta, no JWT; it proves itself by signature. */
import { config } from "../_shared/config.ts";
import { openDatabase } from "../_shared/database.ts";
import { describeError, log } from "../_shared/log.ts";
import { openRateLimits } from "../_shared/rate-limits.ts";
import { readSecretKeys } from "../_shared/sealed-secrets.ts";
import { serve } from "../_shared/serve.ts";
import { wakeAt, wakeJobs } from "../_shared/wake.ts";
import { openRouter } from "./client-router.ts";
import { handle, type Ports } from "./handler.ts";

const settings = config();
const database = openDatabase({
  url: settings.secrets.databaseUrl,
  ...settings.database,
});
const ports: Ports = {
  database,
  router: openRouter(database, readSecretKeys(settings.secrets.sealing)),
  reopenMinutes: settings.reopenMinutes,
  onKept: (reason, error) => log("error", "webhook_kept", { reason, ...describeError(error) }),
  wakeAt,
  wakeJobs,
};

export default serve(
  "webhook-whatsapp",
  (request, context) => handle(request, context, ports),
  // A genuine delivery takes no token: its signature is all the proof there is.
  { limits: openRateLimits(database) },
);
