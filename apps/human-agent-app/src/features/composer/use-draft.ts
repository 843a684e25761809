import { createStore, del, get, set } from "idb-keyval";
import { useEffect, useRef, useState } from "react";

const store = createStore("drafts", "texts");

/** What is being written in a conversation: kept on this device at each letter, until it is sent. */
export function useDraft(userId: string, sessionId: string): [string, (text: string) => void] {
  const key = `${userId} ${sessionId}`;
  const [draft, setDraft] = useState("");
  const hasTyped = useRef(false);
  useEffect(() => {
    hasTyped.current = false;
    setDraft("");
    void get<string>(key, store).then((kept) => !hasTyped.current && kept && setDraft(kept));
  }, [key]);
  function write(text: string) {
    hasTyped.current = true;
    setDraft(text);
    void (text ? set(key, text, store) : del(key, store));
  }
  return [draft, write];
}
