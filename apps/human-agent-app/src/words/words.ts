import type { Member } from "../lib/records/people.ts";
import type { Session } from "../lib/records/session.ts";
import type { PushSupport } from "../lib/push/push-support.ts";
import type { ErrorKind } from "../lib/app-error.ts";
import type { FailureKind } from "../features/conversation/failure-of.ts";
import type { QueueView } from "../features/queue/queue-view.ts";
import type { ComposerState } from "../features/composer/composer-state.ts";
import type { Theme } from "@app/ui/mod.ts";

/** What is said in place of something: a title, and what happened, what was kept, what to do. */
interface Told {
  title: string;
  text: string;
}

/** Names of things that the backend says by code. */
type Names = Record<string, string>;

/** What stands where nothing can be written, and the words of the way out. */
type FootWords = (holder: Session["holder"]) => { text: string; action?: string };

/** Everything that the app says, once per language. Words are those of the glossary. */
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
  availability: Record<Member["availability"], string>;
  availabilityChoices: Record<Member["chosen_availability"], string>;
  /** By number: none, low, high, urgent. */
  priorities: string[];
  cannotStart: Told;
  noTenant: Told;
  /** A person was removed from a tenant, by its name. */
  removed: (tenant: string) => Told;
  toOtherTenant: string;
  nothingOpen: Told;
  shortcuts: Record<"next" | "search" | "reply" | "resolve" | "note" | "help", string>;
  errors: Record<ErrorKind, Told>;
  /** By the reason that the backend gives. */
  refusals: Names;
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
  failures: Record<FailureKind, string>;
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
  templates:
    & Record<"title" | "search" | "noneMatches" | "preview" | "others" | "send", string>
    & {
      empty: Told;
      files: Record<"picture" | "video" | "document", string>;
      value: (name: string) => string;
      button: (name: string) => string;
    };
  signIn: Record<
    | "title"
    | "text"
    | "againTitle"
    | "againText"
    | "email"
    | "password"
    | "submit"
    | "link"
    | "linkSent"
    | "emailFirst"
    | "wrong"
    | "invited"
    | "linkEnded",
    string
  >;
  invitation:
    & Record<
      | "title"
      | "text"
      | "name"
      | "passwordHint"
      | "passwordIfNone"
      | "weakPassword"
      | "join"
      | "toApp"
      | "otherAddress",
      string
    >
    & { refusals: Names };
  queue:
    & Record<
      "title" | "search" | "clearSearch" | "views" | "filters" | "clearFilters" | "unread" | "team" | "bot",
      string
    >
    & {
      viewNames: Record<QueueView, string>;
      empty: Record<QueueView, Told>;
      nothingFiltered: Told;
      notFound: Told;
    };
  conversation: { empty: Told; viewing: (names: string) => string; typing: (names: string) => string };
  turn:
    & Record<
      "title" | "decision" | "reason" | "state" | "sources" | "noSources" | "refusals" | "model",
      string
    >
    & { decisions: Names };
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
      | "hand_back"
      | "handBackText"
      | "handBackNote"
      | "handBackFields"
      | "handBackPromises"
      | "handBackState"
      | "promiseDue"
      | "promiseDoer"
      | "botWrites"
      | "personDoes"
      | "resolve"
      | "reopen"
      | "release"
      | "assign"
      | "assignNote"
      | "toMe"
      | "tags"
      | "newTag"
      | "unread"
      | "unsnooze",
      string
    >
    & {
      colleagueHolds: (name: string) => string;
      removeTag: (tag: string) => string;
      snooze: Record<"hour" | "evening" | "tomorrow" | "monday", string>;
      stillSending: (count: number) => string;
      done:
        & Record<"take_over" | "hand_back" | "resolve" | "reopen" | "release" | "snooze" | "unread", string>
        & {
          assign: (name: string) => string;
          priority: (name: string) => string;
        };
    };
  contact:
    & Record<
      | "merge"
      | "editShort"
      | "mergeWith"
      | "mergeNobody"
      | "mergeConfirm"
      | "merged"
      | "title"
      | "edit"
      | "name"
      | "tags"
      | "tagsHint"
      | "attributes"
      | "attributesHint"
      | "wants"
      | "summary"
      | "fields"
      | "noFields"
      | "identities"
      | "wishes"
      | "optOut"
      | "optOutHint"
      | "block"
      | "blockHint"
      | "blocked"
      | "unblocked"
      | "optedOut"
      | "optedIn",
      string
    >
    & {
      past: (count: number) => string;
      messages: (count: number) => string;
      mergeQuestion: (one: string, other: string) => string;
      mergeEffects: string[];
    };
  promises: {
    title: string;
    kept: (content: string) => string;
    cancelled: (content: string) => string;
    done: Record<"kept" | "cancelled", string>;
  };
  alerts: {
    title: string;
    rungs: Record<"agent" | "next" | "owner", string>;
    ways: Record<"app" | "push" | "whatsapp", string>;
    states: Record<"planned" | "sent" | "delivered" | "opened" | "failed", string>;
    seenBy: (name: string) => string;
    nobodyYet: string;
  };
  notices: {
    title: string;
    empty: Told;
    kinds: Record<
      "escalation" | "assigned" | "handed_back" | "failed",
      (contact: string, by: string) => string
    >;
    /** Of a request, by why the person was told of it. */
    causes: Record<string, (contact: string) => string>;
  };
  settings:
    & Record<
      | "title"
      | "language"
      | "theme"
      | "notifications"
      | "shownName"
      | "sound"
      | "soundHint"
      | "mineOnly"
      | "mineOnlyHint"
      | "saved"
      | "quickReplies"
      | "shortcut"
      | "replyText"
      | "nameHint"
      | "assignment"
      | "balanced"
      | "balancedHint"
      | "sharedHint"
      | "skillsHint"
      | "notYours",
      string
    >
    & {
      themes: Record<Theme, string>;
      deleteReply: (shortcut: string) => string;
      handBack: Record<"title" | "after" | "afterHint" | "onResolve" | "onResolveHint", string>;
      phone: Record<"title" | "hint" | "start" | "change" | "sent" | "stop", string> & {
        on: (phone: string) => string;
        send: (number: string) => string;
      };
      team:
        & Record<
          "title" | "hint" | "showNames" | "showNamesHint" | "template" | "noTemplate" | "templateHint",
          string
        >
        & {
          minutes: Record<"agent" | "next" | "owner" | "due_soon", string>;
        };
      push:
        & Record<"title" | "hint" | "try" | "tried" | "refused" | "unreachable", string>
        & { states: Record<Exclude<PushSupport, "possible">, string>; others: (count: number) => string };
    };
}
