// A person is told on their device that somebody waits: from the switch in settings to the tap that opens the conversation,
// on the product as `npm start` starts it, with a push service on this machine in the place of the browser maker's.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { after, afterEach, before, test } from "node:test";
import { chromium as playwright } from "playwright-core";
import postgres from "postgres";
import { chromium } from "../setup/chromium.mjs";
import { root } from "../setup/console.mjs";
import { deno } from "../setup/deno.mjs";
import { startProduct, waitFor } from "./started-product.mjs";
import { tellFailure } from "./tell-failure.mjs";

const screenshots = join(root, ".local/screenshots");
const patience = { timeout: 120_000 };
const story = { timeout: 500_000 };
let product;
let browser;
let service;
let sql;

before(async () => {
  await mkdir(screenshots, { recursive: true });
  product = await startProduct();
  service = await startPushService();
  sql = postgres(product.status.db_url, { max: 1, prepare: false, onnotice: () => {} });
  const endpoints = `^${service.origin.replaceAll(".", "\\.")}/`;
  await sql`insert into private.push_services (name, endpoints) values ('double', ${endpoints})`;
  browser = await playwright.launch({
    executablePath: chromium,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
  });
});
afterEach((each) => tellFailure(each, browser));
after(async () => {
  await browser?.close();
  await sql?.end();
  service?.stop();
  await product?.stop();
});

test("somebody who waits reaches a person's device, and a tap opens the conversation", story, async () => {
  const { page, context } = await openApp("agent@carton.demo");
  // Whoever has the app open is there without saying so.
  await page.getByTestId("profile").and(page.getByLabel("Disponible")).waitFor(patience);
  await openSettings(page);
  const part = page.getByTestId("push-settings");
  await part.getByRole("switch").click(patience);
  await page.getByTestId("try-push").waitFor(patience);
  await page.getByTestId("try-push").click();
  const trial = await nextPush(({ kind }) => kind === "trial");
  await deliver(page, trial);
  await shown(page, "Las notificaciones llegan");
  await shootSettings(page, "agent-push-settings");

  await product.write("59171130001", "Ana Rojas", ["hola", "quiero hablar con una persona"]);
  const push = await nextPush(({ kind }) => kind === "request");
  assert.equal(push.name, "Ana Rojas");
  assert.doesNotMatch(JSON.stringify(push), /hablar con una persona/);
  await deliver(page, push);
  const notification = await shown(page, "Ana Rojas espera a una persona");
  assert.equal(notification.body, "Pidió hablar con una persona");
  await waitFor(async () => (await alertsOf(push)).find(({ way, shown }) => way === "push" && shown));

  const [worker] = context.serviceWorkers();
  await worker.evaluate(async () => {
    const notifications = await globalThis.registration.getNotifications();
    const notification = notifications.find(({ title }) => title.includes("espera"));
    globalThis.dispatchEvent(new globalThis.NotificationEvent("notificationclick", { notification }));
  });
  await page.getByTestId("contact-name").getByText("Ana Rojas").waitFor(patience);
  await page.waitForURL(new RegExp(`/c/${push.session_id}`), patience);
  await waitFor(async () =>
    (await alertsOf(push)).find(({ way, opened, seen }) => way === "push" && opened && seen)
  );
  const alerts = page.getByTestId("alerts");
  await alerts.getByText("En su dispositivo · abierto").waitFor(patience);
  await page.getByTestId("alerts-seen").getByText("Visto por").waitFor(patience);
  await page.emulateMedia({ colorScheme: "light" });
  await page.screenshot({ path: join(screenshots, "agent-alerts-desktop-light.png") });
});

test(
  "who is given a conversation is told on their device and in the app at once, and nobody else",
  story,
  async () => {
    const [agent] = browser.contexts()[0].pages();
    const { pathname } = new URL(agent.url());
    const { page, context } = await openApp("owner@carton.demo");
    await openSettings(page);
    await page.getByTestId("push-settings").getByRole("switch").click(patience);
    await page.getByTestId("try-push").waitFor(patience);
    await page.goto(`${product.status.apps.agent}${pathname}`);
    await page.getByTestId("contact-name").getByText("Ana Rojas").waitFor(patience);
    await page.getByTestId("verbs").click();
    await page.getByTestId("menu-assign").click(patience);
    await page.getByTestId("assign-to").filter({ hasText: "Gabriela" }).click(patience);

    const push = await nextPush(({ kind }) => kind === "assigned");
    assert.equal(push.name, "Ana Rojas");
    await deliver(agent, push);
    await shown(agent, "Te dieron la conversación con Ana Rojas");
    // What was read before is read anew, without anybody asking for it.
    await agent.getByRole("link", { name: "Avisos" }).click();
    await agent.getByText(/te dio la conversación con Ana Rojas/).waitFor(patience);
    await agent.screenshot({ path: join(screenshots, "agent-notice-assigned-desktop-light.png") });
    const received = await (await fetch(`${service.origin}/received`)).json();
    assert.equal(received.filter(({ text }) => JSON.parse(text).kind === "assigned").length, 1);
    await context.close();
  },
);

test("owners set how fast people are told; what blocks notifications is said", story, async () => {
  const { page } = await openApp("owner@carton.demo", { colorScheme: "dark" }, []);
  await openSettings(page);
  const form = page.getByTestId("team-settings");
  await form.locator("[name=agent]").fill("4", patience);
  await form.getByRole("button", { name: "Guardar" }).click();
  await waitFor(async () => {
    const [row] = await sql`select settings -> 'alerts' -> 'ladder_minutes' ->> 'agent' as minutes
      from public.tenants where slug = 'carton'`;
    return row?.minutes === "4" ? true : undefined;
  });
  const silence = page.getByTestId("hand-back-settings");
  await silence.locator("[name=after]").fill("30");
  await silence.getByRole("button", { name: "Guardar" }).click();
  await waitFor(async () => {
    const [row] = await sql`select settings -> 'hand_back' ->> 'after_minutes' as minutes
      from public.tenants where slug = 'carton'`;
    return row?.minutes === "30" ? true : undefined;
  });
  await shootSettings(page, "agent-team-settings");
});

test("whoever proved their number is told on WhatsApp, with a way to the conversation", story, async () => {
  const ownPhone = "59179990001";
  await approveTemplate("aviso_equipo");
  const owner = await openApp("owner@carton.demo");
  await openSettings(owner.page);
  const choice = owner.page.getByTestId("alert-template");
  await choice.locator("option", { hasText: "aviso_equipo" }).waitFor({ state: "attached", ...patience });
  await choice.selectOption({
    label: await choice.locator("option", { hasText: "aviso_equipo" }).innerText(),
  });
  await waitFor(async () => {
    const [row] = await sql`select settings -> 'alerts' -> 'template' ->> 'name' as name
      from public.tenants where slug = 'carton'`;
    return row?.name === "aviso_equipo" ? true : undefined;
  });
  await owner.page.screenshot({ path: join(screenshots, "agent-alert-template-desktop-light.png") });

  const { page } = await openApp("agent@carton.demo", { viewport: { width: 390, height: 844 } });
  await openSettings(page);
  await page.getByTestId("ask-phone-code").click(patience);
  const code = await page.getByTestId("phone-code").innerText(patience);
  await page.getByTestId("phone-settings").scrollIntoViewIfNeeded();
  await page.screenshot({ path: join(screenshots, "agent-alert-phone-phone-light.png") });
  await product.write(ownPhone, "Gabriela", [code]);
  await waitFor(async () => (await sql`select from client_carton.messages where content = ${code}`)[0]);
  await page.getByTestId("confirm-phone").click();
  await page.getByTestId("phone-settings").getByText(`+${ownPhone}`).waitFor(patience);

  await product.write("59171130002", "Beto Paz", ["quiero hablar con una persona"]);
  // The simulator takes it only if the template's blanks and its button are filled as WhatsApp wants them.
  const told = await waitFor(async () => {
    const [row] = await sql`select m.content, m.payload -> 'buttons' -> 0 ->> 'text' as path
      from client_carton.alerts a join client_carton.messages m on m.id = a.message_id
      where a.way = 'whatsapp' and a.delivered_at is not null`;
    return row;
  });
  assert.match(told.content, /^Aviso: Beto Paz espera a una persona en /);
  assert.match(told.path, /^t\/carton\/c\/[0-9a-f-]{36}$/);
});

test(
  "customers hear that everybody is busy until a person opens the app, which is all that it takes",
  story,
  async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
    // As if all of them had closed their laptops four minutes ago.
    await sql`update public.tenant_members set last_used_at = last_used_at - interval '4 minutes'`;
    assert.match(await answerTo("59171130003", "Caro Gil"), /ocupado/);

    const { page } = await openApp("agent@carton.demo", { viewport: { width: 390, height: 844 } });
    const profile = page.getByTestId("profile");
    await profile.and(page.getByLabel("Disponible")).waitFor(patience);
    assert.doesNotMatch(await answerTo("59171130004", "Dani Sosa"), /ocupado/);

    await profile.click();
    await page.getByText("Disponible mientras uso la app", { exact: true }).waitFor(patience);
    await page.screenshot({ path: join(screenshots, "agent-availability-phone-light.png") });
    await page.getByText("Ausente", { exact: true }).click();
    await profile.and(page.getByLabel("Ausente")).waitFor(patience);
    await waitFor(async () =>
      (await sql`select from public.tenant_members where availability = 'away'`)[0] && true
    );
    assert.match(await answerTo("59171130005", "Eli Vaca"), /ocupado/);
  },
);

test(
  "a conversation whose person stays silent goes back to the bot, which they are told on their device and in the app",
  story,
  async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
    const owner = await openApp("owner@carton.demo");
    await openSettings(owner.page);
    const silence = owner.page.getByTestId("hand-back-settings");
    await silence.locator("[name=after]").fill("45", patience);
    await silence.getByRole("button", { name: "Guardar" }).click();
    await waitFor(async () =>
      (await sql`select from public.tenants
        where slug = 'carton' and settings -> 'hand_back' ->> 'after_minutes' = '45'`)[0] && true
    );
    const { page } = await openApp("agent@carton.demo");
    await openSettings(page);
    await page.getByTestId("push-settings").getByRole("switch").click(patience);
    await page.getByTestId("try-push").waitFor(patience);

    await product.write("59171130006", "Flor Rey", ["quiero hablar con una persona"]);
    await page.getByRole("link", { name: "Cola" }).click();
    await page.getByTestId("queue-row").filter({ hasText: "Flor Rey" }).click(patience);
    await page.getByTestId("take-over").click(patience);
    await page.getByTestId("composer").fill("Lo averiguo y le escribo.", patience);
    await page.getByTestId("composer").press("Enter");
    const session = await waitFor(async () =>
      (await sql`
      select session_id as id from client_carton.messages
      where content = 'Lo averiguo y le escribo.' and status in ('delivered', 'read')`)[0]
    );
    await product.write("59171130006", "Flor Rey", ["¿siguen ahí?"]);
    await page.getByTestId("message").filter({ hasText: "¿siguen ahí?" }).waitFor(patience);
    const holder = async () =>
      (await sql`select holder, assigned_to is null as is_free from client_carton.sessions
        where id = ${session.id}`)[0];
    await lookForSilence();
    assert.deepEqual({ ...await holder() }, { holder: "human", is_free: false });

    // As if all of it had happened an hour ago.
    await sql`update client_carton.messages set created_at = created_at - interval '1 hour'
      where session_id = ${session.id}`;
    await sql`update client_carton.events set created_at = created_at - interval '1 hour'
      where session_id = ${session.id}`;
    await lookForSilence();
    assert.deepEqual({ ...await holder() }, { holder: "bot", is_free: true });

    const line = page.getByTestId("system-line").filter({ hasText: "nadie del equipo escribió" });
    await line.waitFor(patience);
    await page.getByTestId("take-over").waitFor(patience);
    await page.getByTestId("composer").waitFor({ state: "detached", ...patience });
    // What was asked while the person was silent is answered by the bot, below that line.
    await waitFor(async () =>
      (await sql`
      select from client_carton.messages m join client_carton.messages notice
        on notice.session_id = m.session_id and notice.payload ->> 'notice' = 'back_with_bot'
      where m.session_id = ${session.id} and m.sender_type = 'bot' and m.seq > notice.seq`)[0] && true
    );
    await page.getByTestId("toggle-panel").click();
    await shootConversation(page, "agent-silent-hand-back");

    const push = await nextPush(({ kind }) => kind === "handed_back");
    assert.equal(push.session_id, session.id);
    const notification = await seen(page, push, "El bot sigue con Flor Rey");
    assert.equal(notification.body, "Nadie del equipo escribió en un buen rato");
    await page.getByRole("link", { name: "Avisos" }).click();
    await page.getByText("El bot sigue con Flor Rey: nadie escribió en un buen rato").waitFor(patience);
    // Each of their devices was told once, and nobody else's.
    const [{ devices }] = await sql`select count(*)::integer as devices
      from public.push_subscriptions d join auth.users u on u.id = d.user_id
      where u.email = 'agent@carton.demo'`;
    const told = async () => {
      const received = await (await fetch(`${service.origin}/received`)).json();
      return received.filter(({ text }) => JSON.parse(text).kind === "handed_back").length;
    };
    await waitFor(async () => await told() >= devices || undefined);
    assert.equal(await told(), devices);
    await owner.page.getByRole("link", { name: "Avisos" }).click();
    await owner.page.getByRole("heading", { name: "Avisos" }).first().waitFor(patience);
    assert.equal(await owner.page.getByText("El bot sigue con Flor Rey").count(), 0);
  },
);

/** Has the worker look for silent people now, and not with the next minute. */
async function lookForSilence() {
  const key = `hand_back_silent:${randomUUID()}`;
  await sql`select private.plan_job('hand_back_silent', '{}'::jsonb, ${key})`;
  await waitFor(async () =>
    (await sql`select from private.jobs where dedupe_key = ${key} and status = 'done'`)[0] && true
  );
}

/** What the bot says to a customer who asks for a person. */
async function answerTo(phone, name) {
  await product.write(phone, name, ["quiero hablar con una persona"]);
  return await waitFor(async () => {
    const [row] = await sql`
      select string_agg(m.content, ' ' order by m.seq) as said
      from client_carton.messages m join client_carton.sessions s on s.id = m.session_id
      join client_carton.contacts c on c.id = s.contact_id
      where c.name = ${name} and m.direction = 'outbound' and m.sender_type = 'bot'`;
    return row?.said ?? undefined;
  });
}

/** A template of the demo's account, as its owner would have it approved in the account's manager. */
async function approveTemplate(name) {
  const [{ waba_id, access_token }] = product.status.whatsapp.numbers;
  const components = [
    {
      type: "BODY",
      text: "Aviso: {{1}} espera a una persona en {{2}}. Ábrelo aquí.",
      example: { body_text: [["Ana", "Cartón"]] },
    },
    {
      type: "BUTTONS",
      buttons: [{
        type: "URL",
        text: "Abrir",
        url: "https://agents.example.com/{{1}}",
        example: ["https://agents.example.com/t/carton"],
      }],
    },
  ];
  const post = async (url, body, headers = {}) => {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });
    assert.ok(response.ok, await response.text());
  };
  await post(
    `${product.status.whatsapp.graph_url}/v26.0/${waba_id}/message_templates`,
    { name, language: "es", category: "UTILITY", components },
    { authorization: `Bearer ${access_token}` },
  );
  const review = { waba_id, language: "es", status: "APPROVED" };
  await post(`${product.status.apps.phone}/_simulator/templates/${name}/review`, review);
  await waitFor(async () => {
    const rows = await sql`update client_carton.message_templates set components = ${sql.json(components)}
      where name = ${name} and status = 'approved' returning id`;
    return rows[0];
  });
}

/** A double of a push service in a process of its own, with the browsers that are subscribed to it. */
async function startPushService() {
  const child = spawn(deno, ["run", "-A", "--quiet", "packages/push/main.ts"], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await once(child.stdout, "data");
  return { origin: String(line).trim(), stop: () => child.kill("SIGTERM") };
}

/** The next push that arrived at a browser, opened with its keys. */
function nextPush(isWanted) {
  return waitFor(async () => {
    const received = await (await fetch(`${service.origin}/received`)).json();
    return received.map(({ text }) => JSON.parse(text)).find(isWanted);
  });
}

/** Has the browser's own push client hand a message to the service worker. */
async function deliver(page, push) {
  const cdp = await page.context().newCDPSession(page);
  const registered = new Promise((resolve) =>
    cdp.on(
      "ServiceWorker.workerRegistrationUpdated",
      ({ registrations }) => registrations[0] && resolve(registrations[0]),
    )
  );
  await cdp.send("ServiceWorker.enable");
  const { registrationId, scopeURL } = await registered;
  const origin = new URL(scopeURL).origin;
  await cdp.send("ServiceWorker.deliverPushMessage", { origin, registrationId, data: JSON.stringify(push) });
  await cdp.detach();
}

/** The same, and the notification that it became; a busy browser may lose what it hands to a worker that it has to start. */
async function seen(page, push, title) {
  for (let tries = 0; tries < 5; tries++) {
    await deliver(page, push);
    const notification = await shown(page, title, 20_000).catch(() => null);
    if (notification) return notification;
  }
  throw new Error(`No notification "${title}" was shown`);
}

/** The notification with a title, once it is shown. */
function shown(page, title, patienceMs = 300_000) {
  return waitFor(() =>
    page.evaluate(async (wanted) => {
      const registration = await navigator.serviceWorker.ready;
      const notifications = await registration.getNotifications();
      const found = notifications.find((each) => each.title === wanted);
      return found && { title: found.title, body: found.body };
    }, title), patienceMs);
}

/** What is known of the alerts of a push's conversation. */
async function alertsOf({ session_id }) {
  return await sql`
    select a.way, a.delivered_at is not null as shown, a.opened_at is not null as opened,
      e.acknowledged_at is not null as seen
    from client_carton.alerts a join client_carton.escalations e on e.id = a.escalation_id
    where e.session_id = ${session_id}`;
}

async function openSettings(page) {
  const { pathname } = new URL(page.url());
  await page.goto(`${product.status.apps.agent}${pathname.split("/").slice(0, 3).join("/")}/settings`);
  await page.getByRole("heading", { name: "Ajustes" }).first().waitFor(patience);
}

/** The conversation as it stands. */
async function shootConversation(page, name) {
  await shoot(page, name, () => page.getByTestId("conversation").waitFor(patience));
}

async function shootSettings(page, name) {
  const part = page.getByTestId(name.includes("team") ? "team-settings" : "push-settings");
  await shoot(page, name, () => part.scrollIntoViewIfNeeded());
}

/** In both sizes and both themes. */
async function shoot(page, name, prepare) {
  for (
    const [size, viewport] of Object.entries({
      phone: { width: 390, height: 844 },
      desktop: { width: 1440, height: 900 },
    })
  ) {
    for (const colorScheme of ["light", "dark"]) {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme });
      await prepare();
      await page.waitForTimeout(400);
      await page.screenshot({ path: join(screenshots, `${name}-${size}-${colorScheme}.png`) });
    }
  }
}

async function openApp(email, options = {}, permissions = ["notifications"]) {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: "es",
    permissions,
    ...options,
  });
  const page = await context.newPage();
  // The one part that is not here: the service of the browser's maker, with which a real browser subscribes.
  const subscription = await (await fetch(`${service.origin}/subscribe`, {
    method: "POST",
    body: (await (await fetch(`${product.status.apps.agent}/config.json`)).json()).push_key,
  })).json();
  await page.addInitScript((json) => {
    const made = { endpoint: json.endpoint, toJSON: () => json, unsubscribe: () => Promise.resolve(true) };
    const isOn = () => localStorage.getItem("subscribed") !== null;
    PushManager.prototype.subscribe = async () => {
      localStorage.setItem("subscribed", "1");
      return await Promise.resolve(made);
    };
    PushManager.prototype.getSubscription = async () => await Promise.resolve(isOn() ? made : null);
  }, subscription);
  await page.goto(product.status.apps.agent);
  await page.fill("[name=email]", email, patience);
  await page.fill("[name=password]", product.status.users[0].password);
  await page.keyboard.press("Enter");
  await page.getByTestId("view-needs_answer").waitFor(patience);
  return { page, context };
}
