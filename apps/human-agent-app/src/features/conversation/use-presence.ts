import type { RealtimeChannel } from "@supabase/supabase-js";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import * as z from "zod/mini";
import { readChange, type TopicHandlers } from "../../lib/realtime/change-event.ts";
import { useDesk } from "../../lib/desk.ts";
import { withSupabase } from "../../lib/with-supabase.ts";

/** Who else looks at a conversation. */
export interface Viewer {
  userId: string;
  isTyping: boolean;
}

const seen = z.object({ is_typing: z.catch(z.boolean(), false) });

/** Typing is told again while it goes on, and forgotten after this. */
const typingMs = 4_000;

/**
 * The topic of the conversation on screen: hears what changes in it and who else is there, and says that one is there and
 * types. Its presence key is the person, so that two tabs of one person are one.
 */
export function usePresence(
  sessionId: string,
  handlers: TopicHandlers,
): { viewers: Viewer[]; tellTyping: () => void } {
  const { backend, tenant, userId } = useDesk();
  const [viewers, setViewers] = useState<Viewer[]>([]);
  const channel = useRef<RealtimeChannel>(null);
  const quiet = useRef<ReturnType<typeof setTimeout>>(undefined);
  const onEvent = useEffectEvent(handlers.onEvent);
  const onHeard = useEffectEvent(handlers.onHeard);
  useEffect(() =>
    withSupabase(backend, (supabase) => {
      let wasHeard = false;
      const joined = supabase.channel(`tenant:${tenant.id}:session:${sessionId}`, {
        config: { private: true, presence: { key: userId, enabled: true } },
      });
      joined.on("broadcast", { event: "*" }, (message) => {
        const change = readChange(message.event, message.payload);
        if (change) onEvent(change);
      });
      joined.on("presence", { event: "sync" }, () => {
        setViewers(
          Object.entries(joined.presenceState()).filter(([key]) => key !== userId).map(([key, metas]) => ({
            userId: key,
            isTyping: metas.some((meta) => seen.safeParse(meta).data?.is_typing ?? false),
          })),
        );
      });
      joined.subscribe((status) => {
        if (status !== "SUBSCRIBED") return;
        void joined.track({ is_typing: false });
        onHeard(!wasHeard);
        wasHeard = true;
      });
      channel.current = joined;
      return () => {
        clearTimeout(quiet.current);
        channel.current = null;
        void supabase.removeChannel(joined);
      };
    }), [backend, tenant.id, sessionId, userId]);

  function tellTyping() {
    if (quiet.current === undefined) void channel.current?.track({ is_typing: true });
    clearTimeout(quiet.current);
    quiet.current = setTimeout(() => {
      quiet.current = undefined;
      void channel.current?.track({ is_typing: false });
    }, typingMs);
  }
  return { viewers, tellTyping };
}
