import { Buffer } from "node:buffer";
import { gzipSync } from "node:zlib";

/**
 * How much JavaScript a page takes from the network until it shows something, with no cache and no service worker.
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
  const scripts = new Set();
  session.on(
    "Network.responseReceived",
    ({ type, response }) => type === "Script" && scripts.add(response.url),
  );
  await page.goto(url);
  await page.locator(shown).first().waitFor({ timeout: 60_000 });
  const needed = [...scripts];
  await page.close();
  let bytes = 0;
  for (const script of needed) {
    const response = await fetch(script);
    bytes += gzipSync(Buffer.from(await response.arrayBuffer())).length;
  }
  return Math.round(bytes / 102.4) / 10;
}
