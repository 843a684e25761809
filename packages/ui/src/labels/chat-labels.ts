/** The languages of the apps. */
export const languages = ["es", "en", "pt"] as const;

/** One of {@linkcode languages}. */
export type Language = (typeof languages)[number];

/** All words of the conversation view. */
export interface ChatLabels {
  /** For dates and times that are not written as below. */
  locale: string;
  /** Sunday first, as at the beginning of a line. */
  weekdays: string[];
  /** A day of a month that is counted from 0; the year where it is not this one. */
  dateOf: (day: number, month: number, year: number | null) => string;
  /** The same in six digits, each in two. */
  shortDate: (day: string, month: string, year: string) => string;
  messages: string;
  today: string;
  yesterday: string;
  typing: string;
  you: string;
  write: string;
  send: string;
  attach: string;
  picture: string;
  audioFile: string;
  document: string;
  location: string;
  record: string;
  recording: string;
  stopAndSend: string;
  cancelRecording: string;
  microphoneRefused: string;
  play: string;
  pause: string;
  position: string;
  voiceNote: string;
  openPicture: string;
  pictureOf: (caption: string) => string;
  sharedContact: string;
  reaction: string;
  unknown: (type: string) => string;
  close: string;
  toNewest: string;
  sendAgain: string;
  delivery: Record<"sending" | "sent" | "delivered" | "read" | "waiting" | "failed", string>;
  notAccepted: (attempts: number) => string;
  notSent: string;
  transcript: string;
  note: string;
  order: string;
  sticker: string;
  details: string;
  providerDetails: string;
  earlier: string;
  messageMenu: string;
  reply: string;
  react: string;
  edited: string;
}
