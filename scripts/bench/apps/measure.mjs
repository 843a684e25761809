// Measures the pages of the agent app in a browser of its own and prints one JSON object. The server and Lighthouse work
// when the browser has nothing to do: neither is on the phone.
//
// usage: node measure.mjs <runs>

import { mkdtemp, rm } from "node:fs/promises";
import { constants, setPriority, tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { chromium as playwright } from "playwright-core";
import { browserFlags, ensureChromium, headlessShell } from "../../setup/chromium.mjs";
import { fail } from "../../setup/console.mjs";
import { freePort } from "../../setup/free-port.mjs";
import { startProduct } from "../../stories/started-product.mjs";
import { countCode } from "./count-code.mjs";
import { readPage, version } from "./read-page.mjs";
import { opensOffline, seedConversations, signIn } from "./visit.mjs";

const runs = Number(process.argv[2]);
const say = (line) => console.error(line);
const noBrowser = ensureChromium(headlessShell);
if (noBrowser) fail(`Cannot measure pages: ${noBrowser}`);
say("setting the stage: the product as npm start starts it");
const product = await startProduct({ isElsewhere: true });
const profile = await mkdtemp(join(tmpdir(), "bench-apps-"));
const port = await freePort();
const browser = await playwright.launchPersistentContext(profile, {
  executablePath: headlessShell,
  locale: "es",
  viewport: { width: 390, height: 844 },
  args: [`--remote-debugging-port=${port}`, ...browserFlags],
});
setPriority(constants.priority.PRIORITY_LOW);
try {
  const pages = {};
  const { agent } = product.status.apps;
  await measure(pages, "sign_in", agent, "[name=email]");
  await seedConversations(product);
  const { queue, conversation } = await signIn(browser, product);
  await measure(pages, "queue", queue, "[data-testid=queue-row]");
  await measure(pages, "conversation", conversation, "[data-testid=message]");
  const opens_offline = await opensOffline(browser, queue);
  console.log(JSON.stringify({ pages, opens_offline, lighthouse: version }));
} finally {
  await browser.close();
  await product.stop();
  await rm(profile, { recursive: true, force: true });
}

async function measure(pages, name, url, shown) {
  say(`${name}: ${runs} runs`);
  const first_js_kb = await countCode(browser, url, shown);
  pages[name] = { ...await readPage(url, port, runs), first_js_kb };
  say(`  ${JSON.stringify(pages[name])}`);
}
