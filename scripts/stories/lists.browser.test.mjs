// The lists of the agent app with nothing, a little and 50,000 rows, with long names, Arabic and emoji, and with a network
// that fails, at the size of a phone and of a desktop, in both themes.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, afterEach, before, test } from "node:test";
import { addConversations, addManyConversations } from "./fill-desk.mjs";
import { waitFor } from "./started-product.mjs";
import { accessibilityProblems, patience, screenshots, settle, startDesk } from "./visit-desk.mjs";

const story = { timeout: 600_000 };
const agent = "agent@gym.demo";
const queue = "/t/gym";
const listQueue = "**/rest/v1/rpc/list_queue";
const sizes = {
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true },
  desktop: { viewport: { width: 1440, height: 900 } },
};
const trying = [
  {
    name: "Maximiliano Fernández de la Reguera y Villavicencio-Echeverría de los Monteros, Distribuciones",
    preview: "Supercalifragilisticoespialidosoooooooooooooooooooooooooooooooooooooooooooooooooooooo",
    wish: "Quiere hablar con una persona sobre una factura de hace tres meses que no le llegó",
    texts: ["Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft".repeat(4)],
  },
  {
    name: "شركة الأمل للتجارة والتوزيع",
    preview: "مرحبا، أريد أن أتحدث مع شخص ما من فضلك",
    wish: "يريد التحدث مع شخص",
    texts: ["مرحبا، أريد 400 صندوق من فضلك. هل التوصيل مجاني؟"],
  },
  {
    name: "👩🏽‍🚀🇧🇴 Ana 🎉",
    preview: "👍🏾👍🏾👍🏾 ❤️‍🔥",
    wish: "🆘",
    texts: ["🎉", "👨‍👩‍👧‍👦 ¿tienen plan familiar? 🏋️‍♀️"],
  },
];
let desk;

/** One app of each size. */
const apps = {};

before(async () => {
  desk = await startDesk();
  for (const [size, options] of Object.entries(sizes)) apps[size] = await desk.openApp(agent, options);
});
afterEach((each) => desk.tellFailure(each));
after(() => desk?.stop());

/** Looks at a page at both sizes and in both themes. */
async function lookAt(name, path, shown) {
  for (const [size, { page, problems }] of Object.entries(apps)) {
    await page.goto(`${desk.status.apps.agent}${path}`);
    await shown(page);
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await settle(page);
      await page.screenshot({ path: join(screenshots, `lists-${name}-${size}-${colorScheme}.png`) });
      assert.deepEqual(await accessibilityProblems(page), []);
    }
    assert.deepEqual(await overflowing(page), []);
    assert.deepEqual(problems, []);
  }
}

/** Scrolls down the queue, less than what is in view at a time, until something is there; what is below loads meanwhile. */
async function scrollTo(page, wanted) {
  await page.getByTestId("queue-row").first().hover();
  await waitFor(async () => {
    if (await wanted.count() > 0) return true;
    await page.mouse.wheel(0, 300);
  });
}

/** Does something while what is asked for at an address is answered in another way. */
async function withAnswers(context, address, answer, work) {
  await context.route(address, answer);
  await work();
  await context.unrouteAll({ behavior: "wait" });
}

function fail(route) {
  return route.fulfill({ status: 500, json: { message: "down" } });
}

/** Nothing may make the page wider than its screen. */
function overflowing(page) {
  return page.evaluate(() => document.documentElement.scrollWidth > innerWidth ? [document.title] : []);
}

test("a queue with nothing in it says so", story, async () => {
  await lookAt("0", queue, (page) => page.getByText("Todo respondido").waitFor(patience));
});

test(
  "three conversations with a long name, Arabic and emoji fit, in the queue and when opened",
  story,
  async () => {
    const ids = await desk.inTenant("gym", (sql) => addConversations(sql, trying));
    await lookAt("3", queue, (page) => page.getByTestId("queue-row").nth(2).waitFor(patience));
    const opened = (page) => page.getByTestId("message").first().waitFor(patience);
    await lookAt("long-name", `${queue}/c/${ids[0]}`, opened);
    await lookAt("arabic", `${queue}/c/${ids[1]}`, opened);
  },
);

test("a queue that cannot be read says so, and reads itself when asked again", story, async () => {
  const { page, context } = apps.phone;
  await page.goto(`${desk.status.apps.agent}${queue}`);
  await page.getByTestId("queue-row").first().waitFor(patience);
  await withAnswers(context, listQueue, fail, async () => {
    await page.getByTestId("view-resolved").click();
    await page.getByRole("alert").filter({ has: page.getByRole("button") }).waitFor(patience);
    await page.screenshot({ path: join(screenshots, "lists-error-phone-light.png") });
    assert.deepEqual(await accessibilityProblems(page), []);
  });
  await page.getByRole("alert").getByRole("button").click();
  await page.getByText("Nada resuelto aún").waitFor(patience);
});

test(
  "of 50,000 conversations those in view are in the page",
  story,
  async () => {
    await desk.inTenant("gym", (sql) => addManyConversations(sql, 50_000));
    await lookAt("50000", queue, (page) => page.getByTestId("queue-row").nth(5).waitFor(patience));
    const { page, context } = apps.desktop;
    const rows = await page.getByTestId("queue-row").count();
    assert.ok(rows <= 60, `${rows} rows in the page`);
    // What is kept of the queue is shown while the queue is read again, late and with nothing new in it.
    await withAnswers(context, listQueue, async (route) => {
      await page.waitForTimeout(1_000);
      await route.continue();
    }, async () => {
      const answered = page.waitForResponse(listQueue, patience);
      await page.reload();
      await page.getByTestId("queue-row").nth(5).waitFor(patience);
      await answered;
    });
    // A next page that fails is asked for again by hand.
    await withAnswers(context, listQueue, fail, async () => {
      await scrollTo(page, page.getByRole("alert"));
      assert.deepEqual(await accessibilityProblems(page), []);
      await page.screenshot({ path: join(screenshots, "lists-more-failed-desktop-dark.png") });
    });
    await page.getByRole("alert").getByRole("button").click();
    // A page has 60 of them: these stand on the second and on the third.
    for (const name of ["Cliente 100", "Cliente 160"]) {
      await scrollTo(page, page.getByTestId("queue-row").getByText(name, { exact: true }));
    }
    assert.deepEqual(apps.desktop.problems, []);
  },
);
