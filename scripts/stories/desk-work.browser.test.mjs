// What agents do beside answering: sign in by a link, use canned replies, record, merge contacts, say who knows what.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, afterEach, before, test } from "node:test";
import { waitFor } from "./started-product.mjs";
import { accessibilityProblems, patience, screenshots, startDesk } from "./visit-desk.mjs";

const story = { timeout: 400_000 };
const agent = "agent@carton.demo";
const phoneSize = { viewport: { width: 390, height: 844 }, hasTouch: true };
let desk;

before(async () => void (desk = await startDesk()));
afterEach((each) => desk.closePages(each));
after(() => desk?.stop());

/** An agent holds the conversation of a customer who asked for a person. */
async function takenOver(phone, name, options) {
  await desk.write(phone, name, ["quiero hablar con una persona"]);
  const app = await desk.openApp(agent, options);
  await app.page.getByTestId("queue-row").filter({ hasText: name }).click(patience);
  await app.page.getByTestId("take-over").click(patience);
  await app.page.getByTestId("composer").waitFor(patience);
  return app;
}

test("a link by mail signs in: asked for, sent, opened", story, async () => {
  const context = await desk.browser.newContext({ locale: "es" });
  const page = await context.newPage();
  await page.goto(desk.status.apps.agent);
  await page.fill("[name=email]", "agent@gym.demo", patience);
  await page.getByTestId("send-link").click();
  await page.getByTestId("link-sent").waitFor(patience);
  const mail = await waitFor(() => {
    const folder = join(desk.folder, "mail");
    const name = readdirSync(folder).filter((each) => each.includes("agent@gym.demo")).at(-1);
    return name && readFileSync(join(folder, name), "utf8");
  });
  const [link] = /https?:\/\/[^\s"'<>]+/.exec(mail);
  await page.goto(link.replaceAll("&amp;", "&"));
  await page.getByTestId("view-needs_answer").waitFor(patience);
  assert.match(page.url(), /\/t\/gym/);
  await page.goto(link.replaceAll("&amp;", "&"));
  await page.getByTestId("view-needs_answer").waitFor(patience);
});

test("two contacts become one from the panel, after it was said what happens", story, async () => {
  await desk.write("59171160001", "Inés Roca", ["quiero hablar con una persona"]);
  const { page, problems } = await takenOver("59171160002", "Inés Roca Trabajo");
  await page.getByTestId("merge-contact").click(patience);
  await page.getByTestId("merge-search").fill("59171160001");
  await page.getByTestId("merge-with").click(patience);
  await page.getByTestId("merge-dialog").getByText("No se puede deshacer").waitFor(patience);
  assert.deepEqual(await accessibilityProblems(page), []);
  await page.screenshot({ path: join(screenshots, "merge-desktop-light.png") });
  await page.getByTestId("confirm-merge").click();
  await page.getByTestId("toast").getByText("un solo contacto").waitFor(patience);
  const merged = await desk.inTenant("carton", (sql) =>
    sql`
    select i.external_id from contact_identities i
    where i.contact_id = (select contact_id from contact_identities where external_id = '59171160001')
      and i.kind = 'phone' order by 1`);
  assert.deepEqual(merged.map((each) => each.external_id), ["59171160001", "59171160002"]);
  assert.deepEqual(problems, []);
});

test("an owner says who knows what; an agent reads it", story, async () => {
  const owner = await desk.openApp("owner@carton.demo");
  await owner.page.goto(`${desk.status.apps.agent}/t/carton/settings`);
  await owner.page.getByTestId("skills").first().fill("pt, facturas", patience);
  await owner.page.getByRole("switch", { name: "Repartir las solicitudes" }).click();
  // What is typed stays when everything is read again, as after a weak network.
  const readAgain = owner.page.waitForResponse("**/rest/v1/rpc/get_assignment", patience);
  await owner.page.evaluate(() => ["offline", "online"].map((name) => dispatchEvent(new Event(name))));
  await (await readAgain).finished();
  await owner.page.waitForTimeout(500);
  await owner.page.getByTestId("save-skills").click();
  await owner.page.getByTestId("toast").getByText("Guardado").waitFor(patience);
  assert.deepEqual(await accessibilityProblems(owner.page), []);
  await owner.page.screenshot({ path: join(screenshots, "skills-desktop-light.png") });
  const { page } = await desk.openApp(agent, phoneSize);
  await page.goto(`${desk.status.apps.agent}/t/carton/settings`);
  await page.getByText("facturas", { exact: true }).waitFor(patience);
  assert.equal(await page.getByTestId("save-skills").count(), 0);
});

test(
  "a canned reply by slash, a message answered by a swipe, and a voice note that can be heard",
  story,
  async () => {
    const { page, problems } = await takenOver("59171160003", "Julia Soto", phoneSize);
    await page.evaluate(() => document.querySelector("[data-testid=composer]").focus());
    const incoming = page.locator("[data-testid=message][data-side=other]").filter({
      hasText: "quiero hablar",
    });
    await incoming.waitFor(patience);
    const box = await incoming.boundingBox();
    const touch = await page.context().newCDPSession(page);
    const at = (x) => [{ x, y: box.y + box.height / 2 }];
    await touch.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: at(60) });
    for (const x of [75, 95, 120, 150]) {
      await touch.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: at(x) });
    }
    await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
    await page.getByTestId("quoted").getByText("quiero hablar").waitFor(patience);
    await page.getByTestId("composer").fill("claro que sí");
    await page.getByTestId("send").click();
    const own = page.locator("[data-testid=message][data-side=own]");
    await own.filter({ hasText: "claro que sí" }).getByText("quiero hablar").waitFor(patience);

    await page.getByTestId("record").click(patience);
    await page.getByTestId("recording").waitFor(patience);
    await page.waitForTimeout(1_200);
    await page.getByRole("button", { name: "Enviar nota de voz" }).click();
    await own.getByTestId("voice-note").getByRole("button", { name: "Reproducir" }).waitFor(patience);
    assert.deepEqual(problems, []);
  },
);

test("an approved answer that fits is offered and can be taken into the draft", story, async () => {
  await desk.inTenant("carton", async (sql) => {
    const [answer] = await sql`
      insert into canonical_answers (answers, status, approved_at)
      values (${sql.json({ es: "Enviamos en tres días hábiles." })}, 'approved', now()) returning id`;
    await sql`insert into canonical_variants (answer_id, text) values (${answer.id}, '¿Cuánto tarda el envío?')`;
  });
  const { page } = await takenOver("59171160005", "Lola Pino");
  await desk.write("59171160005", "Lola Pino", ["y cuanto tarda el envio?"]);
  await page.getByTestId("suggested-reply").click(patience);
  assert.equal(await page.getByTestId("composer").inputValue(), "Enviamos en tres días hábiles.");
  assert.equal(await page.getByTestId("suggested-reply").count(), 0);
  await page.getByTestId("composer").fill("/");
  await page.getByText("Respuestas rápidas").or(page.getByText("Ninguna respuesta rápida")).first().waitFor(
    patience,
  );
});

test("who else looks at a conversation and who types is seen", story, async () => {
  const { page } = await takenOver("59171160004", "Karl Blau");
  const other = await desk.openApp("admin@carton.demo");
  await other.page.goto(page.url());
  await other.page.getByTestId("viewers").waitFor(patience);
  await page.getByTestId("composer").pressSequentially("hola, estoy escribiendo", { delay: 60 });
  await other.page.getByTestId("viewers").getByText("escrib").waitFor(patience);
});
