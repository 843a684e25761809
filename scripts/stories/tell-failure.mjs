import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../setup/console.mjs";

/** Where pictures of the pages go. */
export const screenshots = join(root, ".local/screenshots");
/** Of a page's words, what fits a screen of output. */
const mostLetters = 1_200;

/**
 * After a test that failed, prints what each open page shows, since a locator that timed out says only what was not there,
 * and keeps a picture of it. Nothing after one that passed.
 *
 * @param each What `afterEach` of `node:test` is given.
 */
export async function tellFailure(each, browser) {
  if (each.passed || !browser) return;
  await mkdir(screenshots, { recursive: true });
  const pages = browser.contexts().flatMap((context) => context.pages());
  for (const [index, page] of pages.entries()) {
    const path = join(
      screenshots,
      `failed-${each.name.replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 60)}-${index}.png`,
    );
    const words = await page.innerText("body", { timeout: 5_000 }).catch((error) =>
      `(unreadable: ${error.message})`
    );
    await page.screenshot({ path, timeout: 10_000 }).catch(() => {});
    console.log(
      `"${each.name}" failed; ${page.url()} shows:\n${words.slice(0, mostLetters)}\n(picture: ${path})`,
    );
  }
}
