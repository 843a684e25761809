import { useState } from "react";

const PREFIX = "phone-draft:";

/** What was begun and not sent, per chat; it outlives reloads and lost connections. */
export function useDrafts(): {
  draftOf: (chat: string) => string;
  keep: (chat: string, text: string) => void;
} {
  const [drafts, setDrafts] = useState<Record<string, string>>({});
  return {
    draftOf: (chat) => drafts[chat] ?? localStorage.getItem(PREFIX + chat) ?? "",
    keep: (chat, text) => {
      if (text === "") localStorage.removeItem(PREFIX + chat);
      else localStorage.setItem(PREFIX + chat, text);
      setDrafts((before) => ({ ...before, [chat]: text }));
    },
  };
}
