/** Wires the runner of background jobs: POST with a secret key, from the schedule. */
import { leaveAccount, readWebhook } from "@app/channels/mod.ts";
import {
  alertJobs,
  defaultJobSettings,
  fetchMedia,
  type JobPorts,
  leaveAccounts,
  recurringSweeps,
  sendPush,
  sweeps,
  systemTimers,
} from "@app/conversations/mod.ts";
import { openWebPush } from "@app/push/mod.ts";
import { runInBackground } from "../_shared/background.ts";
import { config } from "../_shared/config.ts";
import { openDatabase } from "../_shared/database.ts";
import { describeError, log } from "../_shared/log.ts";
import { readConnection } from "../_shared/open-channels.ts";
import { openRateLimits } from "../_shared/rate-limits.ts";
import { readSecretKeys } from "../_shared/sealed-secrets.ts";
import { serve } from "../_shared/serve.ts";
import { openStorage } from "../_shared/storage.ts";
import { wakeAt } from "../_shared/wake.ts";
import { findOwners } from "./find-owners.ts";
import { handle, type Ports } from "./handler.ts";
import { openJobRunner } from "./open-job-runner.ts";
import { openRemoteFiles } from "./open-remote-files.ts";

const settings = config();
const database = openDatabase({ url: settings.secrets.databaseUrl, ...settings.database });
const graph = { ...settings.meta, keys: readSecretKeys(settings.secrets.sealing) };
const media = fetchMedia({
  database,
  files: openStorage(settings),
  remote: openRemoteFiles(database, graph),
});
const jobs = sweeps({
  database,
  router: findOwners(database),
  reopenMinutes: settings.reopenMinutes,
  readWebhook: (body) => readWebhook(new TextEncoder().encode(JSON.stringify(body))),
  onKept: (reason, error) => log("error", "webhook_kept_again", { reason, ...describeError(error) }),
  wakeAt,
});
const leaving = leaveAccounts({
  database,
  accounts: {
    async leave(tenant, configId, accountId, signal) {
      const connection = await readConnection(database, graph.keys, graph, tenant, configId);
      await leaveAccount(connection, accountId, signal);
    },
  },
});
const report: JobPorts["report"] = (event, error, fields) =>
  log("error", event, { ...fields, ...describeError(error) });
const push = sendPush({
  database,
  push: settings.secrets.push && openWebPush(settings.secrets.push),
  report,
});
const work = openJobRunner([...jobs, ...alertJobs({ database }), media, leaving, push], recurringSweeps, {
  database,
  timers: systemTimers,
  settings: { ...defaultJobSettings, leaseSeconds: settings.leaseSeconds },
  report,
});
const ports: Ports = { settings, work, runInBackground };

export default serve(
  "run-jobs",
  (request) => Promise.resolve(request).then((one) => handle(one, ports)),
  { limits: openRateLimits(database) },
);
