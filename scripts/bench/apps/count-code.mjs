import { Buffer } from "node:buffer";
import { gzipSync } from "node:zlib";

/**
 * How much JavaScript a page asks for until it shows something, with no cache and no service worker. The page itself notes
 * when that is: what it fetches afterwards arrives at once on one machine.
 *
 * @param shown A selector of what is waited for.
 * @returns Kilobytes (1,024 bytes), each file compressed by gzip.
 */
export async function countCode(context, url, shown) {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  await session.send("Network.setBypassServiceWorker", { bypass: true });
  await page.addInitScript(noteWhenShown, shown);
  await page.goto(url);
  await page.waitForFunction(() => globalThis.shownAtMs !== undefined, undefined, { timeout: 60_000 });
  const needed = await page.evaluate(() =>
    performance.getEntriesByType("resource")
      .filter(({ name, startTime }) => name.endsWith(".js") && startTime <= globalThis.shownAtMs)
      .map(({ name }) => name)
  );
  await page.close();
  let bytes = 0;
  for (const script of new Set(needed)) {
    const response = await fetch(script);
    bytes += gzipSync(Buffer.from(await response.arrayBuffer())).length;
  }
  return Math.round(bytes / 102.4) / 10;
}

/** Runs in the page. */
function noteWhenShown(shown) {
  new MutationObserver((_, observer) => {
    if (!document.querySelector(shown)) return;
    globalThis.shownAtMs = performance.now();
    observer.disconnect();
  }).observe(document, { childList: true, subtree: true });
}
