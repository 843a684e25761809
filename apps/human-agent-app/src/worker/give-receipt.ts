import type { PushMessage } from "@app/contracts/mod.ts";

/** By which the backend knows a notification. */
export type Receipt = Extract<PushMessage, { receipt: unknown }>["receipt"];

/** Tells the backend what became of a notification. Without a network nobody is told; the person is all the same. */
export async function giveReceipt(receipt: Receipt, event: "delivered" | "opened"): Promise<void> {
  try {
    const config = await fetch("/config.json").catch(() => caches.match("/config.json"));
    const { api_url } = await config?.json() as { api_url: string };
    await fetch(`${api_url}/functions/v1/alert-receipt`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ ...receipt, event }),
      keepalive: true,
    });
  } catch {
    // The next step of the ladder goes by what a person does, not by receipts.
  }
}
