// An agent takes a conversation over in the agent app, with the customer's phone beside it, on the product as `npm start`
// starts it.

import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { after, afterEach, before, test } from "node:test";
import { chromium as playwright } from "playwright-core";
import { browserFlags, chromium } from "../setup/chromium.mjs";
import { startProduct } from "./started-product.mjs";
import { tellFailure } from "./tell-failure.mjs";
import { accessibilityProblems, patience, screenshots } from "./visit-desk.mjs";

const story = { timeout: 400_000 };
/** Each would set a mark on the page if it ever ran. */
const hostile = [
  "<script>window.ran = 1</script>",
  "<img src=x onerror='window.ran = 1'>",
  "<svg/onload=window.ran=1>",
  "javascript:window.ran=1",
  "\"><iframe srcdoc='<script>parent.ran=1</script>'>",
  "{{constructor.constructor('window.ran=1')()}}",
];
let product;
let browser;

before(async () => {
  await mkdir(screenshots, { recursive: true });
  product = await startProduct();
  browser = await playwright.launch({ executablePath: chromium, args: browserFlags });
});
afterEach(async (each) => {
  await tellFailure(each, browser);
  await Promise.all(browser.contexts().map((context) => context.close()));
});
after(async () => {
  await browser?.close();
  await product?.stop();
});

test(
  "an agent signs in, takes over, answers, leaves a note and resolves; the customer reads it",
  story,
  async () => {
    const agent = await openApp("agent@carton.demo");
    await agent.page.getByTestId("queue").or(agent.page.getByText("Todo respondido")).first().waitFor(
      patience,
    );
    await product.write("59171120001", "Ana Rojas", ["hola", "quiero hablar con una persona"]);
    const row = agent.page.getByTestId("queue-row").filter({ hasText: "Ana Rojas" });
    await row.waitFor(patience);
    await row.click();
    await agent.page.getByTestId("take-over").click(patience);
    await agent.page.getByTestId("composer").fill("Hola Ana, ¿en qué te ayudo?", patience);
    // A double tap is one message, and the second tap does not open the microphone.
    await agent.page.getByTestId("send").dblclick();
    assert.equal(await agent.page.getByTestId("recording").count(), 0);

    const phone = await openPhone("59171120001");
    const said = phone.locator("[data-testid=message][data-side=other]").filter({
      hasText: "¿en qué te ayudo?",
    });
    await said.first().waitFor(patience);
    const own = agent.page.locator("[data-testid=message][data-side=own]").filter({
      hasText: "¿en qué te ayudo?",
    });
    await own.locator("[data-state=read]").waitFor(patience);
    assert.equal(await said.count(), 1);
    assert.equal(await own.count(), 1);

    await agent.page.getByTestId("composer").fill("");
    await agent.page.getByTestId("note").click();
    await agent.page.getByTestId("composer").fill("Cliente de siempre");
    await agent.page.keyboard.press("Enter");
    await agent.page.locator("[data-testid=message]").filter({ hasText: "Cliente de siempre" }).waitFor(
      patience,
    );
    assert.equal(await phone.getByText("Cliente de siempre").count(), 0);
    await agent.page.screenshot({ path: join(screenshots, "agent-desktop-light.png") });

    await agent.page.getByTestId("resolve").click();
    await agent.page.getByTestId("composer-resolved").waitFor(patience);
    await row.waitFor({ state: "detached", ...patience });
    assert.deepEqual(agent.problems, []);
  },
);

test(
  "what a person promised is proposed at hand-back, with its time, and confirmed in one tap",
  story,
  async () => {
    await product.write("59171120004", "Dora Luz", ["quiero hablar con una persona"]);
    const { page, problems } = await openApp("agent@carton.demo", { viewport: { width: 390, height: 844 } });
    await page.getByTestId("queue-row").filter({ hasText: "Dora Luz" }).click(patience);
    await page.getByTestId("take-over").click(patience);
    await page.getByTestId("composer").fill("Le llamo mañana a las 9.", patience);
    await page.keyboard.press("Enter");
    await page.getByTestId("message").filter({ hasText: "Le llamo mañana" }).waitFor(patience);
    await page.getByTestId("verbs").click();
    await page.getByTestId("menu-hand-back").click(patience);
    const promise = page.getByTestId("promise");
    await promise.getByText("Le llamo mañana a las 9.").waitFor(patience);
    assert.match(await promise.locator("input[type=datetime-local]").inputValue(), /T\d\d:00$/);
    assert.equal(await promise.locator("select").inputValue(), "person");
    await assertAccessible(page);
    await page.screenshot({ path: join(screenshots, "agent-hand-back-phone-light.png") });
    await page.getByTestId("confirm-hand-back").click();
    await page.getByTestId("hand-back-dialog").waitFor({ state: "detached", ...patience });
    await page.getByTestId("toast").getByText("El bot sigue.").waitFor(patience);
    await page.getByTestId("contact-name").click();
    const open = page.getByTestId("open-promise").filter({ hasText: "Le llamo mañana a las 9." });
    await open.getByText("Lo hace una persona", { exact: false }).or(open.locator("time")).first().waitFor(
      patience,
    );
    await page.locator("[data-testid=edit-contact]:enabled").waitFor(patience);
    await assertAccessible(page);
    await page.screenshot({ path: join(screenshots, "agent-promises-phone-light.png") });
    await open.getByRole("button", { name: /^Hecho/ }).click();
    await open.waitFor({ state: "detached", ...patience });
    assert.deepEqual(problems, []);
  },
);

test("of two who take over at once one holds the conversation and the other is told who", story, async () => {
  await product.write("59171120002", "Beto Paz", ["quiero hablar con una persona"]);
  const apps = await Promise.all([openApp("agent@carton.demo"), openApp("admin@carton.demo")]);
  for (const { page } of apps) {
    await page.getByTestId("queue-row").filter({ hasText: "Beto Paz" }).click(patience);
    await page.getByTestId("take-over").waitFor(patience);
  }
  await Promise.all(apps.map(({ page }) => page.getByTestId("take-over").click()));
  const toasts = await Promise.all(
    apps.map(({ page }) => page.getByTestId("toast").first().innerText(patience)),
  );
  assert.equal(
    toasts.filter((text) => text.includes("Tienes esta conversación")).length,
    1,
    toasts.join(" | "),
  );
  assert.equal(toasts.filter((text) => text.includes("fue más rápido")).length, 1, toasts.join(" | "));
  await apps[0].page.getByTestId("viewers").waitFor(patience);
});

test(
  "what customers write is text and nothing else, and the pages pass axe in both themes",
  story,
  async () => {
    for (const [index, text] of hostile.entries()) {
      await product.write(`5917112010${index}`, text.slice(0, 60), [text, "quiero hablar con una persona"]);
    }
    for (const colorScheme of ["light", "dark"]) {
      const { page, problems } = await openApp("agent@carton.demo", {
        colorScheme,
        viewport: { width: 390, height: 844 },
      });
      await page.getByTestId("queue-row").first().waitFor(patience);
      await assertAccessible(page);
      await page.screenshot({ path: join(screenshots, `agent-queue-phone-${colorScheme}.png`) });
      await page.getByTestId("queue-row").filter({ hasText: "onerror" }).first().click(patience);
      await page.getByTestId("message").first().waitFor(patience);
      await assertAccessible(page);
      await page.getByTestId("contact-name").click();
      await page.getByTestId("contact-panel").waitFor(patience);
      await page.screenshot({ path: join(screenshots, `agent-contact-phone-${colorScheme}.png`) });
      assert.equal(await page.evaluate(() => globalThis.ran), undefined);
      assert.deepEqual(problems, []);
    }
  },
);

test(
  "without a network the app opens and keeps what is written; it leaves when the network is back",
  story,
  async () => {
    await product.write("59171120003", "Carla Soto", ["quiero hablar con una persona"]);
    const { page, context } = await openApp("agent@carton.demo");
    await page.getByTestId("queue-row").filter({ hasText: "Carla Soto" }).click(patience);
    await page.getByTestId("take-over").click(patience);
    await page.getByTestId("composer").waitFor(patience);
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
    await page.getByTestId("composer").fill("un borrador");
    // The cache is written a second after the last change.
    await page.waitForTimeout(3_000);
    await context.setOffline(true);
    await page.reload();
    await page.getByText("Sin red.").waitFor(patience);
    await page.getByTestId("contact-name").getByText("Carla Soto").waitFor(patience);
    assert.equal(await page.getByTestId("composer").inputValue(), "un borrador");
    await page.getByTestId("composer").fill("escrito sin red");
    await page.keyboard.press("Enter");
    await page.getByTestId("message").filter({ hasText: "escrito sin red" }).waitFor(patience);
    await context.setOffline(false);
    const phone = await openPhone("59171120003");
    await phone.locator("[data-testid=message][data-side=other]").filter({ hasText: "escrito sin red" })
      .waitFor(patience);
  },
);

async function openApp(email, options = {}) {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: "es",
    ...options,
  });
  const page = await context.newPage();
  const problems = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error" && /Content Security Policy/.test(message.text())) {
      problems.push(message.text());
    }
  });
  page.on("dialog", (dialog) => problems.push(`dialog: ${dialog.message()}`));
  await page.goto(product.status.apps.agent);
  await page.fill("[name=email]", email, patience);
  await page.fill("[name=password]", product.status.users[0].password);
  await page.keyboard.press("Enter");
  await page.getByTestId("view-needs_answer").waitFor(patience);
  return { page, context, problems };
}

async function openPhone(customer) {
  const page = await browser.newPage({ viewport: { width: 390, height: 844 }, locale: "es" });
  const number = product.status.whatsapp.phone_number_id;
  await page.goto(`${product.status.apps.phone}/?customer=${customer}&number=${number}`);
  await page.getByTestId("composer").waitFor(patience);
  return page;
}

async function assertAccessible(page) {
  assert.deepEqual(await accessibilityProblems(page), []);
}
