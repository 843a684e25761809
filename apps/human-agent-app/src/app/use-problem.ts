import { useCallback, useRef } from "react";
import type { Send } from "../features/composer/use-send.ts";
import { dropEntry, keepEntry, useOutbox } from "../lib/outbox/outbox-store.ts";
import { knock } from "../lib/outbox/use-outbox-worker.ts";
import type { Message } from "../lib/records/message.ts";
import type { Session } from "../lib/records/session.ts";

interface ProblemTools {
  messages: Message[];
  write: (text: string) => void;
  send: Send;
}

/**
 * The way out for a message that did not leave. One that became stale while it waited was reviewed by whoever taps: it is
 * sent as of now. One that was refused goes back to the draft. One that failed at the provider is said again as it was.
 */
export function useProblem(session: Session, tools: ProblemTools): (messageId: string) => void {
  const outbox = useOutbox();
  const latest = useRef({ session, outbox, tools });
  latest.current = { session, outbox, tools };
  return useCallback((messageId: string) => {
    const now = latest.current;
    const entry = now.outbox.find((each) => each.id === messageId);
    if (entry?.state === "review") {
      const { reason: _, ...rest } = entry;
      void keepEntry({ ...rest, state: "waiting", fence: now.session.fence }).then(knock);
    } else if (entry) {
      // A template or a reaction goes back to nothing: it is picked anew.
      if (!["template", "reaction"].includes(entry.message.type)) now.tools.write(entry.message.content);
      void dropEntry(entry.id);
    } else {
      const message = now.tools.messages.find((each) => each.id === messageId);
      if (message) now.tools.send.again(message);
    }
  }, []);
}
