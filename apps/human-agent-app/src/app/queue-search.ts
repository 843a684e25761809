import { type QueueView, queueViews } from "../features/queue/queue-views.ts";

/** What of the queue is looked at, as it stands in the address. */
export interface QueueAddress {
  view?: QueueView;
  channel?: string;
  tag?: string;
  lang?: string;
  q?: string;
}

const longest = 100;

/** Reads it; nonsense is left out. It is looked at by hand, since the router asks before a schema would be there. */
export function readQueueSearch(raw: Record<string, unknown>): QueueAddress {
  const view = queueViews.find((each) => each === raw["view"]);
  const texts = (["channel", "tag", "lang", "q"] as const).flatMap((name) => {
    const value = raw[name];
    return typeof value === "string" && value !== "" && value.length <= longest ? [[name, value]] : [];
  });
  return { ...(view && { view }), ...Object.fromEntries(texts) };
}
