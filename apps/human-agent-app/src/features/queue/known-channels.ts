import type { InfiniteData } from "@tanstack/react-query";
import type { QueuePage } from "./patch-queue.ts";

/** The channels of the conversations that are loaded, by id, with their names. */
export function knownChannels(queues: [unknown, unknown][]): [string, string][] {
  const names = new Map<string, string>();
  for (const [, data] of queues) {
    for (const page of (data as InfiniteData<QueuePage> | undefined)?.pages ?? []) {
      for (const session of page.sessions) names.set(session.config_id, session.channel_name);
    }
  }
  return [...names].sort(([, one], [, other]) => one.localeCompare(other));
}
