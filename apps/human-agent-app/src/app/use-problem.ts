import { useCallback, useRef } from "react";
import type { Send } from "../features/composer/use-send.ts";
import { dropEntry, keepEntry, useOutbox } from "../lib/outbox/outbox-store.ts";
import { knock } from "../lib/outbox/use-outbox-worker.ts";
import type { Message } from "../lib/records/message.ts";
import type { Session } from "../lib/records/session.ts";

interface ProblemTools {
  messages: Message[];
  write: (text: string) => void;
  hold: (file: File) => void;
  send: Send;
}

/**
 * The way out for a message that did not leave. One that became stale while it waited was reviewed by whoever taps: it is
 * sent as of now. One that was refused goes back to the draft, with its file. One that failed at the provider is said again as it was.
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
      if (entry.file && entry.message.media) now.tools.hold(asFile(entry.file, entry.message.media));
      void dropEntry(entry.id);
    } else {
      const message = now.tools.messages.find((each) => each.id === messageId);
      if (message) now.tools.send.again(message);
    }
  }, []);
}

/** A file as it was picked. */
function asFile(
  blob: Blob,
  { file_name, mime_type }: { file_name?: string | undefined; mime_type: string },
): File {
  return blob instanceof File ? blob : new File([blob], file_name ?? "file", { type: mime_type });
}
