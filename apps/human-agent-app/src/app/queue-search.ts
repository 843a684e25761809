import * as z from "zod/mini";
import { queueViews } from "../features/queue/queue-view.ts";

const short = z.optional(z.catch(z.optional(z.string().check(z.maxLength(100))), undefined));

const search = z.object({
  view: z.catch(z.optional(z.enum(queueViews)), undefined),
  channel: short,
  tag: short,
  lang: short,
  q: short,
});

/** What of the queue is looked at, as it stands in the address; nonsense is left out. */
export type QueueAddress = z.infer<typeof search>;

/** Reads it. */
export function readQueueSearch(raw: Record<string, unknown>): QueueAddress {
  const { view, channel, tag, lang, q } = search.parse(raw);
  return {
    ...(view && { view }),
    ...(channel && { channel }),
    ...(tag && { tag }),
    ...(lang && { lang }),
    ...(q && { q }),
  };
}
