import { useRef } from "react";
import { useDesk } from "../../lib/desk.ts";
import type { OutboxEntry, Saying } from "../../lib/outbox/outbox-entry.ts";
import { keepEntry } from "../../lib/outbox/outbox-store.ts";
import { knock } from "../../lib/outbox/use-outbox-worker.ts";
import type { Message } from "../../lib/records/message.ts";
import type { Session } from "../../lib/records/session.ts";
import { outgoingFile } from "./outgoing-file.ts";
import { sameAgain } from "./same-again.ts";

/** Puts messages into the outbox, from where they leave in order; each is kept on this device before anything is sent. */
export function useSend(session: Session) {
  const { tenant, userId } = useDesk();
  const last = useRef({ text: "", at: 0 });

  async function put(message: OutboxEntry["message"], file?: File) {
    await keepEntry({
      id: message.id,
      tenantId: tenant.id,
      sessionId: session.id,
      userId,
      writtenAt: Date.now(),
      message,
      ...(file && { file }),
      bucket: `client-${tenant.slug}`,
      fence: session.fence,
      state: "waiting",
      hasWaited: false,
    });
    knock();
  }
  return {
    /** @returns False for a second tap: the same words within a moment. */
    text(content: string, replyTo?: string): boolean {
      const now = Date.now();
      if (last.current.text === content && now - last.current.at < 1_000) return false;
      last.current = { text: content, at: now };
      void put({ id: crypto.randomUUID(), type: "text", content, ...(replyTo && { reply_to: replyTo }) });
      return true;
    },
    /** Puts an emoji on a message; null takes it back. */
    react(messageId: string, emoji: string | null) {
      void put({
        id: crypto.randomUUID(),
        type: "reaction",
        content: emoji ?? "",
        payload: { type: "reaction", emoji },
        reply_to: messageId,
      });
    },
    template(message: Saying) {
      void put({ id: crypto.randomUUID(), ...message });
    },
    /** Says again, as a new message, what the provider did not deliver. */
    again(message: Message) {
      void put({ id: crypto.randomUUID(), ...sameAgain(message) });
    },
    file(file: File, caption: string, isVoice: boolean, replyTo?: string) {
      const id = crypto.randomUUID();
      void put({
        id,
        content: caption,
        ...outgoingFile(id, session.id, file, caption, isVoice),
        ...(replyTo && { reply_to: replyTo }),
      }, file);
    },
  };
}

/** What {@linkcode useSend} gives. */
export type Send = ReturnType<typeof useSend>;
