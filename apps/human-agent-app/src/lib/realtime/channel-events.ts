import { useEffect, useEffectEvent, useState } from "react";
import * as z from "zod/mini";
import type { Backend } from "../backend.ts";

const payload = z.looseObject({
  ids: z.optional(z.array(z.string())),
  count: z.optional(z.number()),
  from_seq: z.optional(z.number()),
  to_seq: z.optional(z.number()),
});

/** What the database says has changed: ids and order numbers, never text. */
export interface ChangeEvent extends z.infer<typeof payload> {
  name: string;
}

/** What to do with a topic's events. */
export interface TopicHandlers {
  onEvent: (event: ChangeEvent) => void;
  /** The topic is heard again after a gap, of which nothing was heard. */
  onGap: () => void;
}

/**
 * Hears a private topic as long as the component lives. The first hearing is no gap: what is shown was read by then or is
 * being read.
 *
 * @returns Whether the topic is heard now.
 */
export function useTopic(backend: Backend, topic: string, handlers: TopicHandlers): boolean {
  const [isHeard, setIsHeard] = useState(false);
  const onEvent = useEffectEvent(handlers.onEvent);
  const onGap = useEffectEvent(handlers.onGap);
  useEffect(() => {
    let wasHeard = false;
    const channel = backend.channel(topic, { config: { private: true } });
    channel.on("broadcast", { event: "*" }, (message) => {
      const parsed = payload.safeParse(message.payload);
      if (parsed.success) onEvent({ name: message.event, ...parsed.data });
    });
    channel.subscribe((status) => {
      const isOpen = status === "SUBSCRIBED";
      setIsHeard(isOpen);
      if (isOpen && wasHeard) onGap();
      wasHeard ||= isOpen;
    });
    return () => void backend.removeChannel(channel);
  }, [backend, topic]);
  return isHeard;
}
