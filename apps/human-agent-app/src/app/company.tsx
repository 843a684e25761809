import { type RefObject, useEffect } from "react";
import { useAcknowledge } from "../features/alerts/use-acknowledge.ts";
import { useMarkRead } from "../features/conversation/use-mark-read.ts";
import { usePresence } from "../features/conversation/use-presence.ts";
import { ViewersLine } from "../features/conversation/viewers-line.tsx";
import type { useMessages } from "../features/conversation/use-messages.ts";
import type { Verbs } from "../features/verbs/use-verbs.ts";
import type { Session } from "../lib/records/session.ts";
import { useConversationKeys } from "./use-conversation-keys.ts";

interface CompanyProps {
  session: Session;
  loaded: ReturnType<typeof useMessages>;
  verbs: Verbs;
  toggleNote: () => void;
  /** Filled with what tells the others that one types. */
  tellTyping: RefObject<() => void>;
}

/**
 * What makes an open conversation one that others know of: its topic is heard, who else is there is shown, and that it was
 * seen is told. The keys of the desktop come with it.
 */
export function Company({ session, loaded, verbs, toggleNote, tellTyping }: CompanyProps) {
  const presence = usePresence(session.id, {
    onEvent: ({ from_seq, to_seq }) => {
      if (from_seq !== undefined && to_seq !== undefined) void loaded.refresh(from_seq, to_seq);
    },
    onHeard: () => void loaded.query.refetch(),
  });
  useEffect(() => {
    tellTyping.current = presence.tellTyping;
  });
  useMarkRead(session);
  useAcknowledge(session);
  useConversationKeys(session, verbs, toggleNote);
  return <ViewersLine viewers={presence.viewers} />;
}
