// What the agent app needs to open, and what it says when the rest of it cannot be fetched.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, afterEach, before, test } from "node:test";
import { firstCode, screens } from "../../apps/human-agent-app/first-code.mjs";
import { waitFor } from "./started-product.mjs";
import { patience, screenshots, startDesk, watch } from "./visit-desk.mjs";

const story = { timeout: 400_000 };
const phoneSize = { width: 390, height: 844 };
let desk;

before(async () => void (desk = await startDesk()));
afterEach((each) => desk.closePages(each));
after(() => desk?.stop());

/** A signed-in phone without a worker, on which a conversation was taken over. */
async function signedIn(phone, name) {
  await desk.write(phone, name, ["quiero hablar con una persona"]);
  const app = await desk.openApp("agent@carton.demo", { viewport: phoneSize, serviceWorkers: "block" });
  await app.page.getByTestId("queue-row").filter({ hasText: name }).click(patience);
  await app.page.getByTestId("take-over").click(patience);
  await app.page.getByTestId("composer").waitFor(patience);
  const address = app.page.url();
  await app.page.close();
  return { ...app, address };
}

/** From now on only the first code of a screen can be fetched. */
async function onlyFirstCode(context, screen) {
  const allowed = firstCode(screens[screen], "es").map((file) => `/${file}`);
  await context.route(
    /\/assets\/.*\.js$/,
    (route) => allowed.includes(new URL(route.request().url()).pathname) ? route.continue() : route.abort(),
  );
}

test("a conversation opens, is read and is answered with its first code alone", story, async () => {
  const { context, address } = await signedIn("59171180001", "Iris Vaca");
  await onlyFirstCode(context, "conversation");
  const page = await context.newPage();
  const problems = watch(page);
  await page.goto(address);
  await page.getByTestId("contact-name").getByText("Iris Vaca").waitFor(patience);
  await page.getByTestId("message").filter({ hasText: "quiero hablar con una persona" }).waitFor(patience);
  await page.getByTestId("composer").fill("con lo primero basta");
  await page.getByTestId("composer").press("Enter");
  await page.getByTestId("message").filter({ hasText: "con lo primero basta" }).waitFor(patience);
  const delivered = () =>
    desk.inTenant(
      "carton",
      (sql) =>
        sql`select status from messages where content = 'con lo primero basta' and status in ('delivered', 'read')`,
    );
  await waitFor(async () => (await delivered()).length === 1 || undefined);
  assert.deepEqual(problems, []);
});

test("the queue opens with its first code alone", story, async () => {
  const { context, address } = await signedIn("59171180002", "Julio Mar");
  await onlyFirstCode(context, "queue");
  const page = await context.newPage();
  const problems = watch(page);
  await page.goto(address.replace(/\/c\/.*/, "?view=mine"));
  await page.getByTestId("queue-row").filter({ hasText: "Julio Mar" }).waitFor(patience);
  await page.getByTestId("view-bot").click();
  await page.getByTestId("view-mine").click();
  await page.getByTestId("queue-row").filter({ hasText: "Julio Mar" }).click();
  await page.getByRole("alert").getByText("Esta parte no se pudo traer").waitFor(patience);
  await page.screenshot({ path: join(screenshots, "agent-part-missing-phone.png") });
  await context.unroute(/\/assets\/.*\.js$/);
  await page.getByRole("button", { name: "Reintentar" }).click();
  await page.getByTestId("contact-name").getByText("Julio Mar").waitFor(patience);
  assert.deepEqual(problems, []);
});

test("a menu or dialog that cannot be fetched says so, and the app can be opened anew", story, async () => {
  const { context, address } = await signedIn("59171180003", "Karla Sol");
  await onlyFirstCode(context, "conversation");
  const page = await context.newPage();
  await page.goto(address);
  await page.getByTestId("verbs").click(patience);
  const toast = page.getByTestId("toast").filter({ hasText: "la app se renovó" });
  await toast.waitFor(patience);
  await context.unroute(/\/assets\/.*\.js$/);
  await toast.getByRole("button", { name: "Recargar la app" }).click();
  await page.getByTestId("contact-name").getByText("Karla Sol").waitFor(patience);
  await page.getByTestId("verbs").click(patience);
  await page.getByTestId("menu-tags").click(patience);
  await page.getByTestId("tags-dialog").waitFor(patience);
});

test("parts that were never opened open without a network", story, async () => {
  await desk.write("59171180004", "Lidia Paz", ["quiero hablar con una persona"]);
  const { page, context, problems } = await desk.openApp("agent@carton.demo");
  await page.getByTestId("queue-row").filter({ hasText: "Lidia Paz" }).click(patience);
  await page.getByTestId("take-over").click(patience);
  await page.getByTestId("composer").waitFor(patience);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  await waitFor(async () => await page.evaluate(isKept) || undefined);
  await context.setOffline(true);
  await page.reload();
  await page.getByTestId("contact-name").getByText("Lidia Paz").waitFor(patience);
  await page.getByTestId("verbs").click(patience);
  await page.getByTestId("menu-tags").click(patience);
  await page.getByTestId("tags-dialog").waitFor(patience);
  await page.keyboard.press("Escape");
  await page.getByTestId("emoji").click();
  await page.getByRole("button", { name: "📦" }).waitFor(patience);
  await page.keyboard.press("Escape");
  await page.getByRole("link", { name: "Ajustes" }).click();
  await page.getByRole("heading", { name: "Ajustes" }).waitFor(patience);
  assert.deepEqual(problems, []);
});

/** Whether this device has kept that the conversation was taken over; it is written a second after the last change. */
function isKept() {
  return new Promise((resolve) => {
    const opening = indexedDB.open("query-cache");
    opening.onsuccess = () => {
      const reading = opening.result.transaction("clients").objectStore("clients").getAll();
      reading.onsuccess = () => {
        opening.result.close();
        resolve(/"contact_name":"Lidia Paz"[^}]*"holder":"human"/.test(JSON.stringify(reading.result)));
      };
    };
  });
}
