import type { Language } from "@app/ui/mod.ts";
import { en } from "./en.ts";
import { es } from "./es.ts";
import { pt } from "./pt.ts";

/** All words of the page but those of the conversation view. */
export interface Words {
  title: string;
  chats: string;
  search: string;
  nothingFound: string;
  newChat: string;
  emptyTitle: string;
  emptyText: string;
  noNumbers: string;
  chooseChat: string;
  chooseChatText: string;
  back: string;
  close: string;
  noMessages: string;
  greet: (business: string) => string;
  youAre: (name: string) => string;
  unread: (count: number) => string;
  draft: string;
  lost: string;
  retry: string;
  person: string;
  newPerson: string;
  name: string;
  phone: string;
  noPhone: string;
  noPhoneHint: string;
  number: string;
  startChat: string;
  wrongPhone: string;
  position: string;
  latitude: string;
  longitude: string;
  place: string;
  myPosition: string;
  sendPosition: string;
  faults: string;
  faultsHint: string;
  faultsActive: (count: number) => string;
  duplicate: string;
  duplicateHint: string;
  reorder: string;
  reorderHint: string;
  delay: string;
  delayHint: string;
  serverErrors: string;
  serverErrorsHint: string;
  endFaults: string;
  seconds: (count: number) => string;
  never: string;
  language: string;
  theme: Record<"toLight" | "toDark", string>;
  facts: {
    userId: string;
    phone: string;
    speaksWith: string;
    window: string;
    windowOpen: (time: string) => string;
    windowClosed: string;
  };
}

/** The words by language. */
export const words: Record<Language, Words> = { es, en, pt };
