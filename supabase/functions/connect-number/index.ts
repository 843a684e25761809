/** Wires the connecting of numbers: POST with a user's JWT. */
import { proveNumber } from "@app/channels/mod.ts";
import { config } from "../_shared/config.ts";
import { openDatabase } from "../_shared/database.ts";
import { openRateLimits } from "../_shared/rate-limits.ts";
import { readSecretKeys } from "../_shared/sealed-secrets.ts";
import { serve } from "../_shared/serve.ts";
import { handle, type Ports } from "./handler.ts";

const settings = config();
const database = openDatabase({ url: settings.secrets.databaseUrl, ...settings.database });
const limits = openRateLimits(database);
const { graphBaseUrl: baseUrl, graphVersion: version } = settings.meta;
const ports: Ports = {
  database,
  settings,
  limits,
  keys: readSecretKeys(settings.secrets.sealing),
  prove: ({ phoneNumberId, wabaId, accessToken }) =>
    proveNumber(
      { baseUrl, version, phoneNumberId, accessToken, fetch },
      wabaId,
      AbortSignal.timeout(settings.sendDeadlineSeconds * 1000),
    ),
};

export default serve("connect-number", (request, context) => handle(request, context, ports), {
  cors: true,
  limits,
});
