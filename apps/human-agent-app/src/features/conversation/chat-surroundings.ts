import type { Words } from "../../words/words.ts";

/** What the messages of a conversation are shown with. */
export interface ChatSurroundings {
  words: Words;
  contactName: string;
  nameOfMember: (id: string | null) => string;
  /** Addresses of files by their path; missing while they are being asked for. */
  urls: Map<string, string>;
}
