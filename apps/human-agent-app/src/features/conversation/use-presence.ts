import type { RealtimeChannel } from "@supabase/supabase-js";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import * as z from "zod/mini";
import type { ChangeEvent } from "../../lib/realtime/channel-events.ts";
import { useDesk } from "../../lib/desk.ts";

/** Who else looks at a conversation. */
export interface Viewer {
  userId: string;
  isTyping: boolean;
}

const seen = z.object({ is_typing: z.catch(z.boolean(), false) });
const event = z.looseObject({
  ids: z.optional(z.array(z.string())),
  from_seq: z.optional(z.number()),
  to_seq: z.optional(z.number()),
});

/** Typing is told again while it goes on, and forgotten after this. */
const typingMs = 4_000;

/**
 * The topic of the conversation on screen: hears what changes in it and who else is there, and says that one is there and
 * types. Its presence key is the person, so that two tabs of one person are one.
 */
export function usePresence(
  sessionId: string,
  handlers: { onEvent: (event: ChangeEvent) => void; onGap: () => void },
): { viewers: Viewer[]; tellTyping: () => void } {
  const { backend, tenant, userId } = useDesk();
  const [viewers, setViewers] = useState<Viewer[]>([]);
  const channel = useRef<RealtimeChannel>(null);
  const quiet = useRef<ReturnType<typeof setTimeout>>(undefined);
  const onEvent = useEffectEvent(handlers.onEvent);
  const onGap = useEffectEvent(handlers.onGap);
  useEffect(() => {
    let wasHeard = false;
    const joined = backend.channel(`tenant:${tenant.id}:session:${sessionId}`, {
      config: { private: true, presence: { key: userId, enabled: true } },
    });
    joined.on("broadcast", { event: "*" }, (message) => {
      const parsed = event.safeParse(message.payload);
      if (parsed.success) onEvent({ name: message.event, ...parsed.data });
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
      if (wasHeard) onGap();
      wasHeard = true;
    });
    channel.current = joined;
    return () => {
      clearTimeout(quiet.current);
      channel.current = null;
      void backend.removeChannel(joined);
    };
  }, [backend, tenant.id, sessionId, userId]);

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
