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

const files = createStore("draft-files", "files");

/** A file that waits to be sent with what is being written; kept on this device too. */
export function useDraftFile(userId: string, sessionId: string): [File | null, (file: File | null) => void] {
  const key = `${userId} ${sessionId}`;
  const [file, setFile] = useState<File | null>(null);
  const hasChosen = useRef(false);
  useEffect(() => {
    hasChosen.current = false;
    setFile(null);
    void get<File>(key, files).then((kept) => !hasChosen.current && kept && setFile(kept));
  }, [key]);
  function hold(chosen: File | null) {
    hasChosen.current = true;
    setFile(chosen);
    void (chosen ? set(key, chosen, files) : del(key, files));
  }
  return [file, hold];
}
