import { useMemo, useRef } from "react";
import type { Send } from "../features/composer/use-send.ts";
import type { Message } from "../lib/records/message.ts";

/** Answering and reacting to a message; the same functions from render to render, so that no line is drawn anew. */
export function useAnswers(send: Send, onReply: (message: Message) => void) {
  const latest = useRef({ send, onReply });
  latest.current = { send, onReply };
  return useMemo(() => ({
    onReply: (message: Message) => latest.current.onReply(message),
    onReact: (message: Message, emoji: string | null) => latest.current.send.react(message.id, emoji),
  }), []);
}
