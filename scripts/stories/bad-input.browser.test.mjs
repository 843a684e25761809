// What agents meet when things go wrong, in the agent app on the product as `npm start` starts it.

import assert from "node:assert/strict";
import { mkdtemp, open, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, test } from "node:test";
import { patience, screenshots, signIn, startDesk } from "./visit-desk.mjs";

const story = { timeout: 400_000 };
const agent = "agent@carton.demo";
let desk;
let next = 0;

before(async () => void (desk = await startDesk()));
afterEach((each) => desk.closePages(each));
after(() => desk?.stop());

/** A customer asks for a person; an agent has taken the conversation over and is about to write. */
async function takenOver(name, options) {
  const phone = String(59_171_150_000 + next++);
  await desk.write(phone, name, ["quiero hablar con una persona"]);
  const app = await desk.openApp(agent, options);
  await app.page.getByTestId("queue-row").filter({ hasText: name }).click(patience);
  await app.page.getByTestId("take-over").click(patience);
  await app.page.getByTestId("composer").waitFor(patience);
  return { ...app, phone };
}

const said = (page, text) => page.locator("[data-testid=message][data-side=own]").filter({ hasText: text });

test(
  "a login that ends while somebody types asks for it again, and the draft is still there",
  story,
  async () => {
    const { page, context, problems } = await takenOver("Alba Ríos");
    await page.getByTestId("composer").fill("a medio escribir");
    await context.route("**/auth/v1/token?grant_type=refresh_token", (route) =>
      route.fulfill({
        status: 400,
        json: { code: "refresh_token_not_found", error_code: "refresh_token_not_found" },
      }));
    await page.evaluate(() => {
      const key = Object.keys(localStorage).find((each) => /^sb-.*-auth-token$/.test(each));
      const session = JSON.parse(localStorage.getItem(key));
      localStorage.setItem(key, JSON.stringify({ ...session, expires_at: 1, expires_in: 0 }));
      document.dispatchEvent(new Event("visibilitychange"));
    });
    await page.getByTestId("sign-in").waitFor(patience);
    await context.unroute("**/auth/v1/token?grant_type=refresh_token");
    await signIn(page, agent, desk.status.users[0].password);
    await page.getByTestId("sign-in").waitFor({ state: "detached", ...patience });
    assert.equal(await page.getByTestId("composer").inputValue(), "a medio escribir");
    await page.getByTestId("composer").press("Enter");
    await said(page, "a medio escribir").locator("[data-state=delivered], [data-state=read]").waitFor(
      patience,
    );
    assert.deepEqual(problems, []);
  },
);

test("4,097 characters cannot be sent, and are counted; 4,096 can", story, async () => {
  const { page } = await takenOver("Berta Gil");
  await page.getByTestId("composer").fill("x".repeat(4097));
  await page.getByTestId("letters-left").getByText("sobran 1").waitFor(patience);
  assert.ok(await page.getByTestId("send").isDisabled());
  await page.getByTestId("composer").press("Enter");
  assert.equal((await page.getByTestId("composer").inputValue()).length, 4097);
  await page.getByTestId("composer").fill("y".repeat(4096));
  await page.getByTestId("composer").press("Enter");
  await said(page, "y".repeat(4096)).waitFor(patience);
});

test(
  "a file of 200 MB and a program that calls itself a picture are refused before anything is uploaded",
  story,
  async () => {
    const { page } = await takenOver("Ciro Paz");
    const uploads = [];
    page.on(
      "request",
      (request) => request.url().includes("/storage/v1/object") && uploads.push(request.method()),
    );
    const folder = await mkdtemp(join(tmpdir(), "bad-files-"));
    const film = join(folder, "film.mp4");
    const handle = await open(film, "w");
    await handle.truncate(200 * 1024 * 1024);
    await handle.close();
    const program = join(folder, "foto.png");
    await writeFile(program, "MZ this is a program");
    await page.getByTestId("pick-file").setInputFiles(film);
    await page.getByTestId("toast").getByText("demasiado grande").waitFor(patience);
    await page.getByTestId("pick-file").setInputFiles(program);
    await page.getByTestId("toast").getByText("no es lo que su nombre dice").waitFor(patience);
    assert.deepEqual(uploads, []);
    await rm(folder, { recursive: true });
  },
);

test(
  "the reply window closes while somebody types: they are told, and the draft waits for the customer",
  story,
  async () => {
    const { page, phone } = await takenOver("Dina Luz");
    await page.getByTestId("composer").fill("casi lista");
    await desk.inTenant("carton", (sql) =>
      sql`
    update sessions set window_expires_at = now() - interval '1 second'
    where contact_id in (select contact_id from contact_identities where external_id = ${phone})`);
    await page.getByTestId("composer-window_closed").waitFor(patience);
    await page.getByText("solo acepta plantillas aprobadas").waitFor(patience);
    await desk.write(phone, "Dina Luz", ["sigo aquí"]);
    await page.getByTestId("composer").waitFor(patience);
    assert.equal(await page.getByTestId("composer").inputValue(), "casi lista");
  },
);

test(
  "a customer who blocked the number: the agent reads why in Spanish, and WhatsApp's words in the details",
  story,
  async () => {
    const { page } = await takenOver("Elsa Sol");
    await desk.simulate("/faults", { fail_later: { next: 1 }, fail_later_code: 131026 });
    await page.getByTestId("composer").fill("¿sigues ahí?");
    await page.getByTestId("composer").press("Enter");
    const problem = page.getByTestId("not-sent");
    await problem.getByText("bloqueó este número").waitFor(patience);
    assert.ok(!(await problem.getByText("131026").isVisible()));
    await problem.getByText("Lo que dijo WhatsApp").click();
    await problem.getByText("131026").waitFor(patience);
  },
);

test(
  "a double tap on send is one message, and the back button leads to the queue with the draft kept",
  story,
  async () => {
    const { page } = await takenOver("Fito Vera", { viewport: { width: 390, height: 844 }, hasTouch: true });
    await page.getByTestId("composer").fill("una sola vez");
    await page.getByTestId("send").dblclick();
    await said(page, "una sola vez").locator("[data-state=delivered], [data-state=read]").waitFor(patience);
    assert.equal(await said(page, "una sola vez").count(), 1);
    await page.getByTestId("composer").fill("para después");
    await page.goBack();
    await page.getByTestId("queue").waitFor(patience);
    await page.goForward();
    await page.getByTestId("composer").waitFor(patience);
    await page.waitForFunction(
      () => document.querySelector("[data-testid=composer]")?.value === "para después",
      undefined,
      patience,
    );
  },
);

test(
  "two tabs of one agent: what is written in one stands once in both, and leaves once",
  story,
  async () => {
    const { page, context, phone } = await takenOver("Gala Mar");
    const other = await context.newPage();
    await other.goto(page.url());
    // A composer is there before what was said has been read.
    await other.getByTestId("message").filter({ hasText: "hablar con una persona" }).waitFor(patience);
    await context.setOffline(true);
    await page.getByTestId("composer").fill("desde una pestaña");
    await page.getByTestId("composer").press("Enter");
    await said(other, "desde una pestaña").waitFor(patience);
    await context.setOffline(false);
    for (const tab of [page, other]) {
      await said(tab, "desde una pestaña").locator("[data-state=delivered], [data-state=read]").waitFor(
        patience,
      );
      assert.equal(await said(tab, "desde una pestaña").count(), 1);
    }
    const stored = await desk.inTenant("carton", (sql) =>
      sql`
    select m.id from messages m join sessions s on s.id = m.session_id
    join contact_identities i on i.contact_id = s.contact_id
    where i.external_id = ${phone} and m.content = 'desde una pestaña'`);
    assert.equal(stored.length, 1);
  },
);

test(
  "what waits for a network is seen also where nothing that was said before could be read",
  story,
  async () => {
    const { page, context } = await takenOver("Iris Cruz");
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
    await context.setOffline(true);
    await page.getByTestId("composer").fill("desde el ascensor");
    await page.getByTestId("composer").press("Enter");
    await said(page, "desde el ascensor").waitFor(patience);
    const conversation = page.url();
    await page.goto("about:blank");
    await context.setOffline(false);
    // A file of the app is not the app, which is not running while what it kept is taken away.
    await page.goto(new URL("/icon.svg", conversation).href);
    await page.evaluate(forgetMessages);
    await context.setOffline(true);
    await page.goto(conversation);
    await page.getByRole("alert").getByText("Sin conexión").waitFor(patience);
    await said(page, "desde el ascensor").waitFor(patience);
    await page.screenshot({ path: join(screenshots, "agent-unread-offline-desktop-light.png") });
    await context.setOffline(false);
    await said(page, "desde el ascensor").locator("[data-state=delivered], [data-state=read]").waitFor(
      patience,
    );
    assert.equal(await said(page, "desde el ascensor").count(), 1);
    await page.getByTestId("message").filter({ hasText: "hablar con una persona" }).waitFor(patience);
  },
);

/** Takes what was said out of what a browser keeps of each person, as after a reading that never came. */
async function forgetMessages() {
  const done = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const database = await done(indexedDB.open("query-cache"));
  const store = database.transaction("clients", "readwrite").objectStore("clients");
  for (const userId of await done(store.getAllKeys())) {
    const client = await done(store.get(userId));
    client.clientState.queries = client.clientState.queries.filter(({ queryKey }) =>
      queryKey[1] !== "messages"
    );
    await done(store.put(client, userId));
  }
  database.close();
}

test("who is removed from the team is told so at once, and sees nothing of it any more", story, async () => {
  await desk.write("59171159999", "Hugo Fin", ["quiero hablar con una persona"]);
  const { page, problems } = await desk.openApp("admin@carton.demo");
  await page.getByTestId("queue-row").filter({ hasText: "Hugo Fin" }).waitFor(patience);
  const owner = await desk.openApp("owner@carton.demo");
  await owner.page.evaluate(async ({ api, key }) => {
    const stored = Object.keys(localStorage).find((each) => /^sb-.*-auth-token$/.test(each));
    const { access_token: token } = JSON.parse(localStorage.getItem(stored));
    const call = async (name, body) => {
      const response = await fetch(`${api}/rest/v1/rpc/${name}`, {
        method: "POST",
        headers: {
          apikey: key,
          authorization: `Bearer ${token}`,
          "content-type": "application/json",
          "content-profile": "api",
        },
        body: JSON.stringify(body),
      });
      if (!response.ok) throw new Error(`${name}: ${await response.text()}`);
      return response.status === 204 ? undefined : await response.json();
    };
    const [tenant] = await call("list_my_tenants", {});
    const members = await call("list_members", { p_tenant_id: tenant.id });
    const admin = members.find((member) => member.role === "admin");
    await call("remove_member", { p_tenant_id: tenant.id, p_user_id: admin.user_id });
  }, { api: desk.status.api_url, key: desk.status.publishable_key });
  await page.getByTestId("removed").waitFor(patience);
  assert.equal(await page.getByText("Hugo Fin").count(), 0);
  assert.deepEqual(problems, []);
});
