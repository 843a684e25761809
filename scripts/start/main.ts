/** Starts everything on this machine: the platform, two demo tenants, and Meta's side with its phone page. */
import { join } from "node:path";
import process from "node:process";
import { CannotStart, type Platform, startPlatform } from "@app/local-supabase/mod.ts";
import { seedDemo } from "../tenant/seed-demo.ts";
import { checkSettings } from "./check-settings.ts";
import { printWelcome } from "./print-welcome.ts";
import { readPlaces } from "./read-places.ts";
import { readPushKeys } from "./read-push-keys.ts";
import { serveApp } from "./serve-app.ts";
import { startSimulator } from "./start-simulator.ts";

const startedAt = performance.now();
const say = (line: string) =>
  console.log(`[${((performance.now() - startedAt) / 1000).toFixed(1).padStart(6)} s] ${line}`);

/** How long a clean end may take, in milliseconds. */
const longestEndMs = 10_000;

try {
  await main();
} catch (error) {
  if (!(error instanceof CannotStart)) throw error;
  console.error(`\n${error.message}.`);
  process.exit(1);
}

async function main(): Promise<void> {
  const places = readPlaces(process.cwd(), Deno.env.toObject());
  checkSettings(places.values);
  const pushKeys = await readPushKeys(join(places.folder, "push-keys.json"), places.values);
  const platform = await startPlatform({
    folder: places.folder,
    environment: {
      ...Deno.env.toObject(),
      ...pushKeys,
      META_GRAPH_BASE_URL: places.graphUrl,
      AGENT_APP_URL: places.agentAppUrl,
    },
    say,
  });
  let simulator: Awaited<ReturnType<typeof startSimulator>> | undefined;
  let agentApp: ReturnType<typeof serveApp> | undefined;
  let isEnding = false;
  const end = async (code: number) => {
    if (isEnding) return;
    isEnding = true;
    say("stopping");
    // What is committed is on the disk; whoever still waits for an answer must not keep the rest from ending.
    setTimeout(() => process.exit(code), longestEndMs);
    await agentApp?.stop();
    await simulator?.stop();
    await platform.stop();
    process.exit(code);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) Deno.addSignalListener(signal, () => end(0));
  try {
    const demo = await seed(platform);
    if (places.simulatorPort) {
      simulator = await startSimulator({
        port: places.simulatorPort,
        folder: join(places.folder, "whatsapp"),
        webhookUrl: `${platform.apiUrl}/functions/v1/webhook-whatsapp`,
        whatsapp: demo.whatsapp,
      });
      say(`phone page: ${simulator.url}`);
    }
    const { api_url, publishable_key } = platform.status;
    agentApp = serveApp({
      folder: "apps/human-agent-app",
      port: places.agentAppPort,
      portName: "AGENT_APP_PORT",
      config: { api_url, publishable_key, push_key: pushKeys.VAPID_PUBLIC_KEY },
    });
    say(`agent app: ${agentApp.url}`);
    await platform.extendStatus({
      users: demo.users,
      whatsapp: { graph_url: places.graphUrl, ...demo.whatsapp },
      apps: { agent: agentApp.url, ...(simulator && { phone: simulator.url }) },
    });
    printWelcome(platform.status);
  } catch (error) {
    console.error(error instanceof CannotStart ? `\n${error.message}.` : error);
    await end(1);
  }
}

async function seed(platform: Platform) {
  say("demo tenants: a packaging wholesaler and a gym");
  return await seedDemo({
    databaseUrl: platform.dbUrl,
    secretsKeys: platform.secretsKeys,
    storage: { url: platform.apiUrl, secretKey: platform.status.secret_key },
  });
}
