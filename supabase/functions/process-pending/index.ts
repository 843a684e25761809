/** Wires the processor of due work: POST with a secret key, from wakes and the schedule. */
import { lookup } from "node:dns/promises";
import { whatsappRates, writeReply } from "@app/channels/mod.ts";
import { defaultWorkSettings, systemTimers } from "@app/conversations/mod.ts";
import { runInBackground } from "../_shared/background.ts";
import { config } from "../_shared/config.ts";
import { cpuMs } from "./cpu-time.ts";
import { openDatabase } from "../_shared/database.ts";
import { describeError, log } from "../_shared/log.ts";
import { readSecretKeys } from "../_shared/sealed-secrets.ts";
import { serve } from "../_shared/serve.ts";
import { openStorage } from "../_shared/storage.ts";
import { wakeAt } from "../_shared/wake.ts";
import { openRateLimits } from "../_shared/rate-limits.ts";
import { chooseEmbedders, chooseModels, deploymentKeys } from "../_shared/choose-models.ts";
import { handle, type Ports } from "./handler.ts";
import { openChannels } from "../_shared/open-channels.ts";
import { openModelKeys } from "../_shared/open-model-keys.ts";
import { openProcessor } from "./open-processor.ts";
import { openTools } from "./open-tools.ts";
import { sendRequest } from "./tools/send-request.ts";

const settings = config();
const database = openDatabase({
  url: settings.secrets.databaseUrl,
  ...settings.database,
});
const secretKeys = readSecretKeys(settings.secrets.sealing);
const modelKeys = openModelKeys(
  database,
  secretKeys,
  deploymentKeys(settings.secrets.models),
);
const processor = openProcessor({
  database,
  channels: openChannels(
    database,
    secretKeys,
    settings.meta,
  ),
  files: openStorage(settings),
  models: chooseModels(modelKeys),
  embedders: chooseEmbedders(modelKeys),
  tools: openTools(database, secretKeys, {
    resolve: async (hostname) => (await lookup(hostname, { all: true })).map(({ address }) => address),
    testHosts: settings.toolTestHosts,
    send: sendRequest,
  }),
  writeReply,
  rates: whatsappRates,
  timers: systemTimers,
  settings: {
    ...defaultWorkSettings,
    leaseSeconds: settings.leaseSeconds,
    turnDeadlineSeconds: settings.turnDeadlineSeconds,
    supersedeLimit: settings.supersedeLimit,
    supersedeMaxSeconds: settings.supersedeMaxSeconds,
    sendDeadlineSeconds: settings.sendDeadlineSeconds,
    silenceSeconds: settings.silenceSeconds,
    pollSeconds: settings.sweepSeconds,
    maxTransactions: settings.database.poolSize,
  },
  cpuMs,
  note: (event, fields) => log("info", event, fields),
  report: (event, error, fields) => log("error", event, { ...fields, ...describeError(error) }),
}, wakeAt);
const ports: Ports = { settings, processor, runInBackground };

export default serve(
  "process-pending",
  (request) => Promise.resolve(request).then((one) => handle(one, ports)),
  { limits: openRateLimits(database) },
);
