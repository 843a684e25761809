// The agent app in a browser, on the product as `npm start` starts it: for tests of what agents do and meet.

import { readFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { chromium as playwright } from "playwright-core";
import postgres from "postgres";
import { browserFlags, chromium } from "../setup/chromium.mjs";
import { startProduct } from "./started-product.mjs";
import { screenshots, tellFailure } from "./tell-failure.mjs";

export { screenshots };

/** Waiting is long, since the machine may be busy; nothing here measures time. */
export const patience = { timeout: 120_000 };

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core"), "utf8");
/** A microphone that needs no hand. */
const flags = [...browserFlags, "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"];

/** Starts the product and a browser. @returns What tests do with them, and `stop()`. */
export async function startDesk() {
  await mkdir(screenshots, { recursive: true });
  const product = await startProduct();
  const browser = await playwright.launch({ executablePath: chromium, args: flags });
  const { status } = product;
  return {
    status,
    folder: product.folder,
    browser,
    simulate: product.simulate,
    write: product.write,
    /** A signed-in app. `problems` gathers errors, refused code and dialogs. */
    async openApp(email, options = {}) {
      const context = await browser.newContext({
        viewport: { width: 1440, height: 900 },
        locale: "es",
        ...options,
      });
      const page = await context.newPage();
      const problems = watch(page);
      await page.goto(status.apps.agent);
      await signIn(page, email, status.users[0].password);
      await page.getByTestId("view-needs_answer").waitFor(patience);
      return { page, context, problems };
    },
    /** Statements in a tenant's schema, as its worker. */
    async inTenant(slug, work) {
      const sql = postgres(status.db_url, { max: 1, prepare: false, onnotice: () => {} });
      try {
        return await sql.begin(async (transaction) => {
          await transaction`select set_config('role', ${`client_${slug}_worker`}, true),
            set_config('search_path', ${`client_${slug}, extensions`}, true)`;
          return await work(transaction);
        });
      } finally {
        await sql.end();
      }
    },
    tellFailure: (each) => tellFailure(each, browser),
    /** Ends what a test has opened, and tells what was seen when it failed. */
    async closePages(each) {
      await tellFailure(each, browser);
      await Promise.all(browser.contexts().map((context) => context.close()));
    },
    async stop() {
      await browser.close();
      await product.stop();
    },
  };
}

/** Fills the sign-in. */
export async function signIn(page, email, password) {
  await page.fill("[name=email]", email, patience);
  await page.fill("[name=password]", password);
  await page.keyboard.press("Enter");
}

/** Gathers whatever a page complains of. */
export function watch(page) {
  const problems = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error" && /Content Security Policy/.test(message.text())) {
      problems.push(message.text());
    }
  });
  page.on("dialog", (dialog) => problems.push(`dialog: ${dialog.message()}`));
  return problems;
}

/** Waits until what fades in or changes its colour has done so: what is half there is neither looked at nor judged. */
export async function settle(page) {
  await page.evaluate(async () => {
    // A page that nobody looks at has no frames, and what moves there does not end.
    const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
    const frame = () => Promise.race([new Promise((resolve) => requestAnimationFrame(resolve)), pause(500)]);
    const isBrief = (each) => Number.isFinite(each.effect?.getComputedTiming().endTime);
    // An inherited colour sets the next change off when its own is done; fifty of them are no change any more.
    for (let round = 0; round < 50; round++) {
      await frame();
      await frame();
      const moving = document.getAnimations().filter((each) => each.playState === "running" && isBrief(each));
      if (moving.length === 0) return;
      await Promise.race([Promise.all(moving.map((each) => each.finished.catch(() => {}))), pause(1_000)]);
    }
  });
}

/** What axe finds wrong with a page, by WCAG 2.2 AA. */
export async function accessibilityProblems(page) {
  await page.evaluate(axe);
  await settle(page);
  return await page.evaluate(async () => {
    const result = await globalThis.axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"],
    });
    return result.violations.map(({ id, nodes }) =>
      `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(" ; ")}`
    );
  });
}
