import type { PushSupport } from "../../lib/push/push-support.ts";
import type { Theme } from "@app/ui/mod.ts";
import type { FailureKind } from "../../features/conversation/failure-of.ts";
import type { Names, Told, Words } from "../words.ts";

/** What the app says after its first screen, once per language: in panels, dialogs and settings. */
export interface LaterWords {
  nothingOpen: Told;
  shortcuts: Record<"next" | "search" | "reply" | "resolve" | "note" | "help", string>;
  templates:
    & Record<"title" | "search" | "noneMatches" | "preview" | "others" | "send", string>
    & {
      empty: Told;
      files: Record<"picture" | "video" | "document", string>;
      value: (name: string) => string;
      button: (name: string) => string;
    };
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
  turn:
    & Record<
      "title" | "decision" | "reason" | "state" | "sources" | "noSources" | "refusals" | "model",
      string
    >
    & { decisions: Names };
  contact:
    & Record<
      | "merge"
      | "editShort"
      | "mergeWith"
      | "mergeNobody"
      | "mergeConfirm"
      | "merged"
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
  noTenant: Told;
  /** A person was removed from a tenant, by its name. */
  removed: (tenant: string) => Told;
  toOtherTenant: string;
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
  verbDialogs:
    & Record<
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
      removeTag: (tag: string) => string;
      snooze: Record<"hour" | "evening" | "tomorrow" | "monday", string>;
    };
  /** By the reason that the backend gives. */
  refusals: Names;
  failures: Record<FailureKind, string>;
}

/** All words; those of later may not be there yet, and then less is said. */
export type KnownWords = Words & Partial<LaterWords>;
