// A person buys boxes on the phone page: from the first word to the hand-over, on the product as `npm start` starts it.

import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { after, afterEach, before, test } from "node:test";
import { chromium as playwright } from "playwright-core";
import postgres from "postgres";
import { browserFlags, chromium } from "../setup/chromium.mjs";
import { root } from "../setup/console.mjs";
import { startProduct, waitFor } from "./started-product.mjs";
import { tellFailure } from "./tell-failure.mjs";

const screenshots = join(root, ".local/screenshots");
let product;
let browser;

before(async () => {
  await mkdir(screenshots, { recursive: true });
  product = await startProduct();
  browser = await playwright.launch({ executablePath: chromium, args: browserFlags });
});

afterEach((each) => tellFailure(each, browser));
after(async () => {
  await browser?.close();
  await product?.stop();
});

test(
  "a whole sale on the phone page ends with a person of the wholesaler",
  { timeout: 240_000 },
  async () => {
    const page = await openChat("59171110001", { width: 1280, height: 860 });
    const bot = page.locator("[data-testid=message][data-side=other]");
    await answerUntilDone(page, bot, {
      "pizza|hola": "hola, necesito 400 cajas para pizza de 10 pulgadas",
      "fecha|cuándo|entrega": "para el viernes de la próxima semana",
      "empresa|factura a nombre|nombre de": "Pizzería Luigi",
      "nit|cuit|ruc|fiscal": "1023456789",
    }, "Sí");
    await page.screenshot({ path: join(screenshots, "sale-desktop-light.png") });

    const rows = await readSale();
    assert.equal(rows.session.state, "handed_over");
    assert.equal(rows.session.holder, "queue");
    assert.equal(rows.session.variables.quantity, 400);
    assert.match(rows.session.variables.company, /Luigi/);
    assert.equal(rows.escalations, 1);
    assert.equal(rows.unsent, 0);
    assert.ok(rows.turns >= 4, `a sale takes several turns, this one ${rows.turns}`);
    await page.locator("[data-testid=message][data-side=own] [data-state=read]").first().waitFor();
    await page.close();

    const dark = await openChat("59171110001", { width: 390, height: 844 }, "dark");
    await dark.screenshot({ path: join(screenshots, "sale-phone-dark.png") });
    await dark.close();
  },
);

async function openChat(customer, viewport, colorScheme = "light") {
  const page = await browser.newPage({ viewport, colorScheme, locale: "es", deviceScaleFactor: 2 });
  await page.goto(
    `${product.status.apps.phone}/?customer=${customer}&number=${product.status.whatsapp.phone_number_id}`,
  );
  await page.getByTestId("composer").waitFor();
  return page;
}

/** Says the first line, then answers what the bot asks for, and accepts what it offers, until a person is called. */
async function answerUntilDone(page, bot, answers, yes) {
  const lines = Object.entries(answers).map(([asked, text]) => ({ asked: new RegExp(asked, "i"), text }));
  let said = lines.shift().text;
  for (let turn = 0; turn < 16; turn++) {
    const heard = await bot.count();
    const button = page.getByTestId("reply-button").getByText(yes, { exact: true }).last();
    if (said) {
      await page.getByTestId("composer").fill(said);
      await page.keyboard.press("Enter");
    } else await button.click();
    await waitFor(async () => (await bot.count()) > heard ? true : undefined, 30_000);
    await page.waitForTimeout(700);
    if ((await readSale()).session.holder === "queue") return;
    const question = (await bot.last().innerText()).toLowerCase();
    const index = lines.findIndex((line) => line.asked.test(question));
    const hasButtons = await bot.last().getByTestId("reply-button").count() > 0;
    said = index >= 0 ? lines.splice(index, 1)[0].text : hasButtons ? undefined : "sí";
  }
  assert.fail("the sale did not end within 16 turns");
}

async function readSale() {
  const sql = postgres(product.status.db_url, { max: 1, prepare: false, onnotice: () => {} });
  try {
    return await sql.begin(async (transaction) => {
      await transaction`select set_config('role', 'client_carton_worker', true),
        set_config('search_path', 'client_carton, extensions', true)`;
      const [session] =
        await transaction`select state, holder, variables from sessions order by created_at desc limit 1`;
      const [counts] = await transaction`
        select (select count(*)::int from escalations) as escalations, (select count(*)::int from turns) as turns,
          (select count(*)::int from messages where status in ('queued', 'failed', 'unknown')) as unsent`;
      return { session, ...counts };
    });
  } finally {
    await sql.end();
  }
}
