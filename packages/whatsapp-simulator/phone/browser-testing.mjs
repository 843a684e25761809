/** What the browser tests of the page share: a simulator, a product that echoes, and Chromium. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

const BROWSER_FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--use-fake-ui-for-media-stream",
  "--use-fake-device-for-media-stream",
];

const NUMBERS = [
  {
    phone_number_id: "100",
    waba_id: "waba-1",
    app_id: "app",
    display_phone_number: "+52 55 4170 2200",
    name: "Empaques del Valle",
    access_token: "token",
  },
  {
    phone_number_id: "200",
    waba_id: "waba-2",
    app_id: "app",
    display_phone_number: "+52 55 8821 0043",
    name: "Gimnasio Fuerza",
    access_token: "token",
  },
];

/** Starts a simulator whose numbers belong to `product`, with its ledger in `folder`. */
export async function startSimulator(product, folder, port = 0) {
  const config = join(folder, "config.json");
  const apps = [{ app_id: "app", app_secret: "s", verify_token: "v", webhook_url: product.url }];
  const settings = { retry_first_ms: 200, retry_max_ms: 400 };
  await writeFile(config, JSON.stringify({ apps, numbers: NUMBERS, settings }));
  const main = fileURLToPath(new URL("../main.ts", import.meta.url));
  const flags = ["--port", String(port), "--ledger", folder, "--config", config];
  const deno = join(ROOT, "node_modules", ".bin", "deno");
  const child = spawn(deno, ["run", "-A", "--no-check", main, ...flags], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await once(createInterface(child.stdout), "line");
  return {
    url: JSON.parse(line).url,
    async stop(signal = "SIGTERM") {
      const ended = once(child, "exit");
      child.kill(signal);
      await ended;
    },
  };
}

/**
 * A product reduced to an echo: it marks messages as read, shows typing, and answers "eco: …" or what `replies` has for
 * the text. `isDown` makes it refuse; `isSilent` makes it take messages and do nothing.
 */
async function startEcho() {
  const echo = {
    url: "",
    graphUrl: "",
    isDown: false,
    isSilent: false,
    replies: new Map(),
    received: [],
    thinkMs: 60,
  };
  const server = createServer(async (request, response) => {
    const parts = [];
    for await (const part of request) parts.push(part);
    response.writeHead(echo.isDown ? 503 : 200).end();
    if (echo.isDown) return;
    for (const entry of JSON.parse(Buffer.concat(parts).toString()).entry) {
      for (const { value } of entry.changes) {
        for (const message of value.messages ?? []) await answer(echo, value, message);
      }
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  echo.url = `http://127.0.0.1:${server.address().port}/`;
  echo.stop = () => new Promise((resolve) => server.close(resolve) && server.closeAllConnections());
  return echo;
}

async function answer(echo, value, message) {
  echo.received.push(message);
  if (echo.isSilent) return;
  const number = value.metadata.phone_number_id;
  const post = (body) =>
    fetch(`${echo.graphUrl}/v26.0/${number}/messages`, {
      method: "POST",
      headers: { authorization: "Bearer token", "content-type": "application/json" },
      body: JSON.stringify({ messaging_product: "whatsapp", ...body }),
    });
  await post({ status: "read", message_id: message.id, typing_indicator: { type: "text" } });
  await new Promise((resolve) => setTimeout(resolve, echo.thinkMs));
  const { button_reply: button, list_reply: row } = message.interactive ?? {};
  const said = message.text?.body ?? button?.title ?? row?.title ?? message.type;
  const body = echo.replies.get(said) ?? { type: "text", text: { body: `eco: ${said}`.slice(0, 4096) } };
  await post({
    ...(message.from ? { to: `+${message.from}` } : { recipient: message.from_user_id }),
    ...body,
  });
}

/** Everything together, and Chromium; `stop` ends all of it. */
export async function startAll() {
  const folder = await mkdtemp(join(tmpdir(), "phone-page-"));
  const echo = await startEcho();
  const simulator = await startSimulator(echo, folder);
  echo.graphUrl = simulator.url;
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: BROWSER_FLAGS });
  const running = { folder, echo, simulator, browser, url: simulator.url };
  running.stop = async () => {
    await browser.close();
    await running.simulator.stop();
    await echo.stop();
    await rm(folder, { recursive: true });
  };
  return running;
}

/** Calls the simulator's control API. */
export async function control(url, method, path, body) {
  const response = await fetch(`${url}/_simulator${path}`, {
    method,
    ...(body && { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
  });
  if (!response.ok) {
    throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
  }
  return await response.json();
}

/** A page of its own context; console errors and policy violations are collected in `problems`. */
export async function openPage(running, options = {}) {
  const context = await running.browser.newContext({
    locale: "es-MX",
    viewport: { width: 1280, height: 860 },
    permissions: ["microphone"],
    ...options,
  });
  const page = await context.newPage();
  const problems = [];
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  page.on("pageerror", (error) => problems.push(String(error)));
  return { page, context, problems };
}

/**
 * Counts the times of day that a page has written since it was opened. Every message and every chat writes one whenever
 * it is drawn, so the count tells how much was drawn anew, on machines of any speed.
 */
export async function countDrawnTimes(page) {
  await page.addInitScript(() => {
    const { prototype } = globalThis.Intl.DateTimeFormat;
    const { get } = Object.getOwnPropertyDescriptor(prototype, "format");
    globalThis.drawnTimes = 0;
    Object.defineProperty(prototype, "format", {
      get() {
        globalThis.drawnTimes += 1;
        return get.call(this);
      },
    });
  });
  const now = () => page.evaluate(() => globalThis.drawnTimes);
  return {
    now,
    /** Waits until a second has passed in which nothing was drawn. */
    async whenCalm() {
      for (let before = -1;;) {
        const count = await now();
        if (count === before) return count;
        before = count;
        await page.waitForTimeout(1_000);
      }
    },
  };
}
