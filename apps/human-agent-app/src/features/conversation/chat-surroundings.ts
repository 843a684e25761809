import type { KnownWords } from "../../words/later/later-words.ts";

/** What the messages of a conversation are shown with. */
export interface ChatSurroundings {
  words: KnownWords;
  contactName: string;
  nameOfMember: (id: string | null) => string;
  /** Addresses of files by their path; missing while they are being asked for. */
  urls: ReadonlyMap<string, string>;
}
