// A thousand texts that would run code, as names, previews, wishes, tags and messages, in the agent app under its policy.

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { addConversations } from "./fill-desk.mjs";
import { hostileTexts } from "./hostile-texts.mjs";
import { patience, startDesk } from "./visit-desk.mjs";

const texts = hostileTexts(1000);
const perConversation = 200;
let desk;
let sessions;

before(async () => {
  desk = await startDesk();
  const conversations = texts.map((text, index) => ({
    name: text,
    preview: text,
    wish: text,
    texts: texts.slice(index * perConversation, (index + 1) * perConversation),
  }));
  sessions = await desk.inTenant("gym", async (sql) => {
    const ids = await addConversations(sql, conversations);
    const talked = ids.slice(0, texts.length / perConversation);
    // The first ones are hostile in everything else that the panel shows.
    for (const [index, id] of talked.entries()) {
      const text = texts[index * 37];
      await sql`
        update sessions set tags = ${[text.slice(0, 40)]}, summary = ${text}, variables = ${
        sql.json({ [text]: text })
      }
        where id = ${id}`;
      await sql`
        update contacts set attributes = ${sql.json({ [text]: text })}, tags = ${[text.slice(0, 40)]}
        where id = (select contact_id from sessions where id = ${id})`;
    }
    return talked;
  });
});
afterEach((each) => desk.tellFailure(each));
after(() => desk?.stop());

test(
  "1,000 hostile texts are shown as what they are, and nothing of them runs",
  { timeout: 600_000 },
  async () => {
    const { page, problems } = await desk.openApp("agent@gym.demo");
    await page.getByTestId("queue-row").first().waitFor(patience);
    const names = await page.evaluate(seeAll, {
      list: "[data-testid=queue]",
      item: "[data-testid=queue-row]",
      step: 500,
      wanted: 1000,
    });
    assert.equal(names.length, 1000);
    const shown = new Set(names.map(([, text]) => text));
    const collapsed = (text) => text.replace(/\s+/g, " ").trim();
    assert.deepEqual(texts.filter((text) => !shown.has(collapsed(text))), []);
    assert.deepEqual(await page.evaluate(signsOfMarkup), []);

    let seen = 0;
    for (const id of sessions) {
      await page.goto(`${desk.status.apps.agent}/t/gym/c/${id}`);
      await page.getByTestId("message").first().waitFor(patience);
      await page.getByTestId("contact-panel").waitFor(patience);
      const found = await page.evaluate(seeAll, {
        list: "[data-testid=history]",
        item: "[data-testid=message]",
        step: -400,
        wanted: perConversation,
      });
      seen += found.length;
      assert.deepEqual(await page.evaluate(signsOfMarkup), []);
    }
    assert.equal(seen, 1000);
    assert.equal(await page.evaluate(() => globalThis.ran), undefined);
    assert.deepEqual(problems, []);
  },
);

/** In the page: moves through a list until `wanted` items were in it. @returns The id and the first name of each. */
async function seeAll({ list, item, step, wanted }) {
  const seen = new Map();
  for (let turn = 0; turn < 8_000 && seen.size < wanted; turn++) {
    for (const each of document.querySelectorAll(item)) {
      seen.set(each.dataset.id, (each.querySelector("bdi")?.textContent ?? "").replace(/\s+/g, " ").trim());
    }
    document.querySelector(list).scrollBy(0, step);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return [...seen];
}

/** In the page: elements that only somebody's text could have made. */
function signsOfMarkup() {
  const made = document.querySelectorAll(
    "iframe, object, embed, base, math, marquee, body script, [srcdoc], [formaction], [href^='javascript:' i], [href^='data:' i]",
  );
  const handlers = [...document.querySelectorAll("*")].filter((element) =>
    element.getAttributeNames().some((name) => name.startsWith("on"))
  );
  return [...made, ...handlers].filter((element) => !element.matches("script[src^='/assets/']")).map((
    element,
  ) => element.outerHTML.slice(0, 200));
}
