import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { control, countDrawnTimes, openPage, startAll, startSimulator } from "./browser-testing.mjs";

const PHONE = { width: 390, height: 844 };
const PIXEL = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

let running;
before(async () => {
  running = await startAll();
});
after(() => running.stop());
afterEach(() => Promise.all(running.browser.contexts().map((context) => context.close())));
beforeEach(() => Object.assign(running.echo, { isDown: false, isSilent: false, thinkMs: 60 }));

let counter = 0;
/** A customer that no other test has. */
async function newCustomer(name = "Ana López") {
  const phone = `52155100000${String(++counter).padStart(2, "0")}`;
  await control(running.url, "POST", "/customers", { phone, name });
  return { phone, address: `${running.url}/?customer=${phone}&number=100` };
}

async function say(page, text) {
  await page.getByTestId("composer").fill(text);
  await page.keyboard.press("Enter");
}

const own = (page) => page.locator("[data-testid=message][data-side=own]");
const other = (page) => page.locator("[data-testid=message][data-side=other]");

test("a newcomer makes a customer, writes, and is answered", async () => {
  const { page, problems } = await openPage(running);
  await page.goto(running.url);
  await page.getByRole("button", { name: "Nueva conversación" }).first().click();
  await page.getByLabel("Nombre").fill("María Fernanda");
  await page.getByLabel("A qué número").selectOption({ label: "Empaques del Valle · +52 55 4170 2200" });
  await page.getByTestId("start-chat").click();
  await say(page, "hola, necesito 400 cajas");
  await other(page).getByText("eco: hola, necesito 400 cajas").waitFor();
  await own(page).locator("[data-state=read]").waitFor();
  assert.match(page.url(), /\?customer=521\d+&number=100$/);
  assert.equal(await page.getByTestId("chat").count(), 1);
  assert.deepEqual(problems, []);
});

test("Enter sends, Shift+Enter breaks the line, Esc closes the chat", async () => {
  const { page } = await openPage(running);
  const { address } = await newCustomer();
  await page.goto(address);
  await page.getByTestId("composer").fill("uno");
  await page.keyboard.press("Shift+Enter");
  await page.keyboard.type("dos");
  await page.keyboard.press("Enter");
  assert.equal(await own(page).getByTestId("message-text").first().innerText(), "uno\ndos");
  assert.equal(await page.getByTestId("composer").inputValue(), "");
  await page.keyboard.press("Escape");
  await page.getByTestId("empty").waitFor();
  await page.goBack();
  await page.getByTestId("conversation").waitFor();
});

test("typing shows while the business thinks, and ticks tell how far a message came", async () => {
  const { page } = await openPage(running);
  const { address } = await newCustomer();
  running.echo.thinkMs = 1_000;
  await page.goto(address);
  await say(page, "hola");
  await page.getByTestId("typing").waitFor();
  assert.equal(await page.getByTestId("subtitle").innerText(), "escribiendo…");
  await other(page).getByText("eco: hola").waitFor();
  assert.equal(await page.getByTestId("typing").count(), 0);
  running.echo.isSilent = true;
  await say(page, "nadie lee");
  await own(page).nth(1).locator("[data-state=delivered]").waitFor();
});

test("a button is tapped and comes back as its reply", async () => {
  const { page } = await openPage(running);
  const { address } = await newCustomer();
  const buttons = ["Cotizar", "Ver catálogo", "Hablar con alguien"];
  running.echo.replies.set("botones", {
    type: "interactive",
    interactive: {
      type: "button",
      body: { text: "¿Qué necesitas?" },
      action: {
        buttons: buttons.map((title, index) => ({ type: "reply", reply: { id: `b${index}`, title } })),
      },
    },
  });
  await page.goto(address);
  await say(page, "botones");
  await page.getByTestId("reply-button").getByText("Ver catálogo").click();
  await other(page).getByText("eco: Ver catálogo").waitFor();
  const tap = running.echo.received.at(-1);
  assert.deepEqual(tap.interactive, {
    type: "button_reply",
    button_reply: { id: "b1", title: "Ver catálogo" },
  });
  assert.match(tap.context.id, /^wamid\./);
});

test("a list opens, and the row that is tapped comes back as its reply", async () => {
  const { page } = await openPage(running);
  const { address } = await newCustomer();
  const rows = [
    { id: "box_10", title: "Pizza de 10 pulgadas", description: "USD 0.32 por unidad" },
    { id: "cup_8", title: "Vaso de 8 onzas" },
  ];
  running.echo.replies.set("lista", {
    type: "interactive",
    interactive: {
      type: "list",
      body: { text: "Esto es lo que más llevan" },
      action: { button: "Ver productos", sections: [{ rows }] },
    },
  });
  await page.goto(address);
  await say(page, "lista");
  await page.getByTestId("reply-button").getByText("Ver productos").click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("USD 0.32 por unidad").waitFor();
  await dialog.getByText("Pizza de 10 pulgadas").click();
  await other(page).getByText("eco: Pizza de 10 pulgadas").waitFor();
  const tap = running.echo.received.at(-1);
  assert.deepEqual(tap.interactive, { type: "list_reply", list_reply: rows[0] });
  assert.match(tap.context.id, /^wamid\./);
});

test("pictures, voice and a location are sent and shown", async () => {
  const { page, problems } = await openPage(running);
  const { address } = await newCustomer();
  await page.goto(address);
  await page.getByTestId("attach").click();
  await page.getByTestId("pick-image").setInputFiles({
    name: "caja.png",
    mimeType: "image/png",
    buffer: PIXEL,
  });
  await other(page).getByText("eco: image").waitFor();
  await page.waitForFunction(() => document.querySelector("[data-testid=picture]")?.naturalWidth === 1);

  await page.getByTestId("record").click();
  await page.getByTestId("recording").waitFor();
  await page.waitForTimeout(700);
  await page.getByRole("button", { name: "Enviar nota de voz" }).click();
  await other(page).getByText("eco: audio").waitFor();
  const voice = running.echo.received.at(-1).audio;
  assert.equal(voice.voice, true);
  assert.match(voice.mime_type, /^audio\//);
  await page.getByTestId("voice-note").getByRole("button", { name: "Reproducir" }).waitFor();

  await page.getByTestId("attach").click();
  await page.getByRole("button", { name: "Ubicación" }).click();
  await page.getByLabel("Nombre del lugar (opcional)").fill("Bodega norte");
  await page.getByTestId("location-dialog").getByRole("button", { name: "Enviar ubicación" }).click();
  await own(page).getByText("Bodega norte").waitFor();
  await other(page).getByText("eco: location").waitFor();
  assert.equal(running.echo.received.at(-1).location.latitude, 19.4326);
  assert.deepEqual(problems, []);
});

test("what the engine does not take is told with the number of tries, until it does", async () => {
  const { page } = await openPage(running);
  const { address } = await newCustomer();
  await page.goto(address);
  running.echo.isDown = true;
  await say(page, "¿hay alguien?");
  await page.getByTestId("not-accepted").getByText(/reintento [2-9]/).waitFor();
  running.echo.isDown = false;
  await own(page).locator("[data-state=read]").waitFor();
  assert.equal(await page.getByTestId("not-accepted").count(), 0);
});

test("a lost connection is told, the draft is kept, and the message leaves once it is back", async () => {
  const { page } = await openPage(running);
  const { address } = await newCustomer();
  await page.goto(address);
  await say(page, "antes");
  await other(page).getByText("eco: antes").waitFor();
  const port = Number(new URL(running.url).port);
  await running.simulator.stop("SIGKILL");
  await page.getByTestId("connection-lost").waitFor();
  await say(page, "mientras tanto");
  await page.getByTestId("not-sent").waitFor();
  await page.getByTestId("composer").fill("borrador a medias");

  running.simulator = await startSimulator(running.echo, running.folder, port);
  await page.getByRole("button", { name: "Reintentar" }).first().click();
  await page.getByTestId("connection-lost").waitFor({ state: "detached" });
  await page.getByTestId("not-sent").getByRole("button", { name: "Reintentar" }).click();
  await other(page).getByText("eco: mientras tanto").waitFor();
  await page.reload();
  assert.equal(await page.getByTestId("composer").inputValue(), "borrador a medias");
  await own(page).nth(1).waitFor();
  assert.equal(await own(page).count(), 2);
});

test("text is shown as text: markup, right-to-left, emoji, 4,096 letters", async () => {
  const { page, problems } = await openPage(running, { viewport: PHONE });
  const { address } = await newCustomer("<img src=x onerror=alert(1)> & “Ana”");
  await page.goto(address);
  const texts = [
    "<img src=x onerror=alert(1)><script>alert(2)</script>",
    "مرحبا، أريد 400 علبة بيتزا",
    "👩‍👩‍👧‍👦🎉",
    "x".repeat(4_096),
  ];
  for (const text of texts) await say(page, text);
  await own(page).nth(3).waitFor();
  assert.deepEqual(await own(page).getByTestId("message-text").allInnerTexts(), texts);
  assert.equal(await page.locator("main img[src=x]").count(), 0);
  const direction = await own(page).nth(1).getByTestId("message-text").evaluate((element) =>
    getComputedStyle(element).direction
  );
  assert.equal(direction, "rtl");
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.equal(overflow, 0);
  assert.deepEqual(problems, []);
});

test("several customers chat at once; unread counts and search find them", async () => {
  const { page } = await openPage(running);
  const first = await newCustomer("José Núñez");
  const second = await newCustomer("Beatriz Peña");
  await page.goto(first.address);
  await say(page, "soy José");
  await other(page).getByText("eco: soy José").waitFor();
  await control(running.url, "POST", `/customers/${second.phone}/messages`, {
    phone_number_id: "200",
    type: "text",
    text: "soy Bea",
  });
  const item = page.getByTestId("chat").filter({ hasText: "Beatriz Peña" });
  await item.getByTestId("unread").waitFor();
  assert.match(await item.innerText(), /Gimnasio Fuerza/);
  await page.getByTestId("search").fill("jose nunez");
  assert.equal(await page.getByTestId("chat").count(), 1);
  await page.getByTestId("search").fill("");
  await item.click();
  await other(page).getByText("eco: soy Bea").waitFor();
  await item.getByTestId("unread").waitFor({ state: "detached" });
});

test("faults are set, shown, and ended", async () => {
  const { page } = await openPage(running);
  const { address } = await newCustomer();
  await page.goto(address);
  await page.getByTestId("open-faults").click();
  const dialog = page.getByTestId("faults-dialog");
  await dialog.getByRole("group", { name: "Duplicar" }).getByText("+2").click();
  await dialog.getByRole("switch", { name: /Desordenar/ }).click();
  await dialog.getByRole("group", { name: "Errores 5xx" }).getByText("3", { exact: true }).click();
  await dialog.getByRole("group", { name: "Demorar" }).getByText("1 s").click();
  await page.getByRole("button", { name: "Fallas: 4 fallas activas", includeHidden: true }).waitFor({
    state: "attached",
  });
  const faults = await control(running.url, "GET", "/faults");
  assert.deepEqual([faults.duplicate, faults.reorder, faults.delay_ms, faults.status_5xx], [2, true, 1_000, {
    next: 3,
  }]);
  await dialog.getByTestId("end-faults").click();
  await dialog.getByTestId("end-faults").and(page.locator(":disabled")).waitFor();
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  assert.equal((await control(running.url, "GET", "/faults")).duplicate, 0);
});

test("every kind of fault has its line, and the panel shows what the simulator does", async () => {
  const { page, problems } = await openPage(running);
  const { address } = await newCustomer();
  await page.goto(address);
  await page.getByTestId("open-faults").click();
  const dialog = page.getByTestId("faults-dialog");
  await dialog.getByLabel("Conexión cortada, pero enviado").selectOption("fifth");
  await dialog.getByLabel("Página HTML, no enviado").selectOption("once");
  await dialog.getByLabel("Token vencido (190)").selectOption("thrice");
  await dialog.getByLabel("Estados que nunca llegan").selectOption("delivered");
  await dialog.getByLabel("Una ventana cerrada se avisa").selectOption("later");
  await page.getByRole("button", { name: "Fallas: 5 fallas activas", includeHidden: true }).waitFor({
    state: "attached",
  });
  const faults = await control(running.url, "GET", "/faults");
  assert.deepEqual(
    [
      faults.reset_after_accept,
      faults.html_before_accept,
      faults.error,
      faults.error_code,
      faults.drop_statuses,
    ],
    [{ rate: 0.2 }, { next: 1 }, { next: 3 }, 190, ["delivered"]],
  );
  assert.equal(faults.window_error, "later");
  assert.deepEqual(await violationsOf(page), []);
  await dialog.getByTestId("end-faults").click();
  await dialog.getByTestId("end-faults").and(page.locator(":disabled")).waitFor();
  assert.deepEqual(problems, []);
});

test("orders, forms, second thoughts and the owner's own phone are a tap away", async () => {
  const { page, problems } = await openPage(running);
  const { phone, address } = await newCustomer();
  await page.goto(address);
  await say(page, "quiero tres");
  await other(page).getByText("eco: quiero tres").waitFor();
  const more = async (name, text) => {
    await page.getByTestId("open-more").click();
    if (text) await page.getByLabel("Qué escribir en las tres primeras").fill(text);
    await page.getByRole("button", { name }).click();
    await page.getByTestId("more-dialog").waitFor({ state: "detached" });
  };
  await more("Editar mi último mensaje", "quiero cuatro");
  await own(page).getByText("quiero cuatro").waitFor();
  await more("Enviar un pedido del catálogo");
  await own(page).getByText("2 × box-10").waitFor();
  await more("Responder un formulario");
  await own(page).getByText("quantity: 200").waitFor();
  await more("El dueño escribe desde su propio teléfono", "Soy la dueña");
  await other(page).getByText("Soy la dueña").waitFor();
  await more("Eliminar mi último mensaje para todos");
  await own(page).getByText("quiero cuatro").waitFor({ state: "detached" });
  await page.getByTestId("open-more").click();
  assert.deepEqual(await violationsOf(page), []);
  const ledger = await control(running.url, "GET", `/ledger?customer=${phone}&kind=inbound`);
  assert.deepEqual(ledger.events.map((event) => event.message.type), [
    "text",
    "edit",
    "order",
    "interactive",
    "revoke",
  ]);
  assert.deepEqual(problems, []);
});

test("on a small screen the list and the chat take turns", async () => {
  const { page } = await openPage(running, { viewport: PHONE });
  const { address } = await newCustomer();
  await page.goto(address);
  await say(page, "hola");
  await other(page).first().waitFor();
  assert.equal(await page.getByTestId("chat-list").isVisible(), false);
  await page.getByTestId("back").click();
  await page.getByTestId("chat-list").waitFor();
  assert.equal(await page.getByTestId("composer").count(), 0);
});

test("languages and themes change and stay", async () => {
  const { page } = await openPage(running, { colorScheme: "dark", locale: "pt-BR" });
  await page.goto(running.url);
  await page.getByRole("heading", { name: "Conversas", exact: true }).waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), "dark");
  await page.getByRole("radio", { name: "English" }).check({ force: true });
  await page.getByRole("button", { name: "Use the light theme" }).click();
  await page.reload();
  await page.getByRole("heading", { name: "Chats", exact: true }).waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), "light");
  assert.equal(await page.evaluate(() => document.documentElement.lang), "en");
});

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] };

async function violationsOf(page) {
  await page.evaluate(AXE);
  // Bubbles rise when they come; half-way their contrast is not what it will be.
  await page.evaluate(() =>
    Promise.all(
      document.getAnimations().map((animation) =>
        animation.effect.getTiming().iterations === Infinity || animation.finished
      ),
    )
  );
  const { violations } = await page.evaluate((rules) => globalThis.axe.run(document, rules), RULES);
  return violations.map((each) =>
    `${each.id}: ${each.nodes.map((node) => node.target.join(" ")).join(", ")}`
  );
}

for (const colorScheme of ["light", "dark"]) {
  test(`everyone can use it: no violation of WCAG 2.2 AA in ${colorScheme}`, async () => {
    for (const viewport of [PHONE, { width: 1440, height: 900 }]) {
      const { page } = await openPage(running, { colorScheme, viewport, bypassCSP: true });
      const { address } = await newCustomer("María Fernanda");
      await page.goto(running.url);
      await page.getByTestId("search").waitFor();
      assert.deepEqual(await violationsOf(page), [], "list");
      await page.getByTestId("new-chat").click();
      assert.deepEqual(await violationsOf(page), [], "new chat");
      await page.keyboard.press("Escape");
      await page.getByTestId("open-faults").click();
      await page.getByTestId("end-faults").waitFor();
      assert.deepEqual(await violationsOf(page), [], "faults");
      await page.goto(address);
      await say(page, "botones");
      await page.getByTestId("reply-button").first().waitFor();
      await page.getByTestId("attach").click();
      await page.getByTestId("pick-image").setInputFiles({
        name: "caja.png",
        mimeType: "image/png",
        buffer: PIXEL,
      });
      running.echo.isDown = true;
      await say(page, "sin respuesta");
      await page.getByTestId("not-accepted").first().waitFor();
      assert.deepEqual(await violationsOf(page), [], "chat");
      running.echo.isDown = false;
      await page.context().close();
    }
  });
}

test("a thousand messages open at their end, and writing draws none of them anew", async () => {
  const { page } = await openPage(running);
  const { phone, address } = await newCustomer("Cliente de siempre");
  running.echo.isSilent = true;
  const messages = Array.from({ length: 1_000 }, (_, index) => ({
    customer: phone,
    phone_number_id: "100",
    type: "text",
    text: `mensaje ${index + 1}`,
  }));
  await control(running.url, "POST", "/batches", { messages });
  const drawnTimes = await countDrawnTimes(page);
  await page.goto(address);
  await page.getByText("mensaje 1000", { exact: true }).last().waitFor();
  assert.ok(await page.getByTestId("message").last().isVisible());
  const before = await drawnTimes.whenCalm();
  assert.ok(before > 0);
  await page.getByTestId("composer").pressSequentially("cien letras ".repeat(8));
  // Its line in the list shows the draft, so that one is drawn anew with each of the 96 letters.
  assert.ok(await drawnTimes.now() - before <= 96);
});

test("of three thousand customers at once 200 are in the page, drawn in bundles, and writing draws none anew", async () => {
  const { page } = await openPage(running);
  const { address } = await newCustomer("Entre muchos");
  running.echo.isSilent = true;
  const drawnTimes = await countDrawnTimes(page);
  await page.goto(address);
  await page.getByTestId("composer").waitFor();
  const atFirst = await drawnTimes.whenCalm();
  for (let batch = 0; batch < 3; batch++) {
    const messages = Array.from({ length: 1_000 }, (_, index) => ({
      customer: `5215520${batch}${String(index).padStart(5, "0")}`,
      phone_number_id: "200",
      type: "text",
      text: "hola",
    }));
    await control(running.url, "POST", "/batches", { messages });
  }
  const before = await drawnTimes.whenCalm();
  assert.ok(before - atFirst < 3_000, `${before - atFirst} lines were drawn`);
  assert.equal(await page.getByTestId("chat").count(), 200);
  await page.getByTestId("composer").pressSequentially("veinte letras justas");
  assert.equal(await drawnTimes.now() - before, 0);
});
