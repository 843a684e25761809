import { useEffect, useEffectEvent } from "react";
import type { Backend } from "../backend.ts";
import { withSupabase } from "../with-supabase.ts";
import { readChange, type TopicHandlers } from "./change-event.ts";

/** Hears a private topic as long as the component lives, from after the first screen on. */
export function useTopic(backend: Backend, topic: string, handlers: TopicHandlers): void {
  const onEvent = useEffectEvent(handlers.onEvent);
  const onHeard = useEffectEvent(handlers.onHeard);
  useEffect(() =>
    withSupabase(backend, (supabase) => {
      let wasHeard = false;
      const channel = supabase.channel(topic, { config: { private: true } });
      channel.on("broadcast", { event: "*" }, (message) => {
        const change = readChange(message.event, message.payload);
        if (change) onEvent(change);
      });
      channel.subscribe((status) => {
        if (status !== "SUBSCRIBED") return;
        onHeard(!wasHeard);
        wasHeard = true;
      });
      return () => void supabase.removeChannel(channel);
    }), [backend, topic]);
}
