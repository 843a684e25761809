/** Wires the trying of approved answers: POST with a user's JWT. */
import { chooseEmbedders, deploymentKeys } from "../_shared/choose-models.ts";
import { config } from "../_shared/config.ts";
import { openDatabase } from "../_shared/database.ts";
import { openModelKeys } from "../_shared/open-model-keys.ts";
import { openRateLimits } from "../_shared/rate-limits.ts";
import { readSecretKeys } from "../_shared/sealed-secrets.ts";
import { serve } from "../_shared/serve.ts";
import { handle, type Ports } from "./handler.ts";

const settings = config();
const database = openDatabase({ url: settings.secrets.databaseUrl, ...settings.database });
const secretKeys = readSecretKeys(settings.secrets.sealing);
const keys = openModelKeys(database, secretKeys, deploymentKeys(settings.secrets.models));
const ports: Ports = { database, settings, embedders: chooseEmbedders(keys) };

export default serve("test-canonical-answer", (request, context) => handle(request, context, ports), {
  cors: true,
  limits: openRateLimits(database),
});
