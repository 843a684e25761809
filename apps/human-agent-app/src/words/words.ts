import type { Member } from "../lib/records/people.ts";
import type { Session } from "../lib/records/session.ts";
import type { ErrorKind } from "../lib/app-error.ts";
import type { QueueView } from "../features/queue/queue-views.ts";
import type { ComposerState } from "../features/composer/composer-state.ts";

/** What is said in place of something: a title, and what happened, what was kept, what to do. */
export interface Told {
  title: string;
  text: string;
}

/** Names of things that the backend says by code. */
export type Names = Record<string, string>;

/** What stands where nothing can be written, and the words of the way out. */
type FootWords = (holder: Session["holder"]) => { text: string; action?: string };

/** What the app says on a first screen, once per language. Words are those of the glossary. */
export interface Words {
  add: string;
  back: string;
  cancel: string;
  close: string;
  loading: string;
  navigation: string;
  profile: string;
  retry: string;
  save: string;
  sendAgain: string;
  signOut: string;
  undo: string;
  unknownContact: string;
  offlineBanner: string;
  /** What a pane or page is called, and the choice of a language. */
  contactTitle: string;
  languageTitle: string;
  noticesTitle: string;
  settingsTitle: string;
  availability: Record<Member["availability"], string>;
  availabilityChoices: Record<Member["chosen_availability"], string>;
  /** By number: none, low, high, urgent. */
  priorities: string[];
  cannotStart: Told;
  partMissing: Told & { reload: string };
  errors: Record<ErrorKind, Told>;
  problems: Record<
    | "cancelled"
    | "failed"
    | "unknown"
    | "waiting"
    | "review"
    | "reviewAction"
    | "backToDraft"
    | "revoked"
    | "erased"
    | "noFile",
    string
  >;
  /** Why WhatsApp refused a message, and what can be done, by `failureOf`. */
  time: {
    closed: string;
    closedShort: string;
    overdue: (length: string) => string;
    due: (length: string) => string;
    window: (length: string) => string;
  };
  holder: Record<"bot" | "waiting" | "me" | "resolved", string> & { phoneApp: (until: string) => string };
  messageTypes: Names;
  /** By why the bot took a conversation back by itself. */
  backWithBot: Names;
  /** Why a person is wanted, by the reason or category of the request. */
  escalations: Names;
  queue:
    & Record<
      "title" | "search" | "clearSearch" | "views" | "filters" | "clearFilters" | "unread" | "team" | "bot",
      string
    >
    & {
      viewNames: Record<QueueView, string>;
      empty: Record<QueueView, Told>;
      nothingFiltered: Told;
      /** In the place of the next rows, which could not be read. */
      moreFailed: string;
      notFound: Told;
    };
  conversation: { empty: Told; viewing: (names: string) => string; typing: (names: string) => string };
  composer:
    & Record<
      | "suggestion"
      | "write"
      | "writeNote"
      | "noteOn"
      | "noteOff"
      | "saveNote"
      | "emoji"
      | "quickReplies"
      | "noQuickReplies"
      | "replyTo"
      | "dropReply"
      | "dropFile",
      string
    >
    & { lettersLeft: (left: number) => string; states: Record<Exclude<ComposerState, "write">, FootWords> };
  verbs:
    & Record<
      | "menu"
      | "take_over"
      | "takeAnyway"
      | "resolve"
      | "reopen",
      string
    >
    & {
      colleagueHolds: (name: string) => string;
      stillSending: (count: number) => string;
      done:
        & Record<"take_over" | "hand_back" | "resolve" | "reopen" | "release" | "snooze" | "unread", string>
        & {
          assign: (name: string) => string;
          priority: (name: string) => string;
        };
    };
}
