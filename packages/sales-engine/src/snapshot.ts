import type { MachineDefinition } from "./machine-definition.ts";
import type { FinishedTool } from "./turn-result.ts";

/** A message as the engine sees it. */
export interface SnapshotMessage {
  id: string;
  seq: number;
  from: "contact" | "bot" | "agent" | "system";
  /** One of the message types of `packages/contracts`. */
  type: string;
  /** Text, caption or title; empty for a bare file. */
  content: string;
  /** The id of the button or row that was tapped. */
  tapId?: string;
  /** Length of a voice note or video, if known. */
  durationMs?: number;
  fileName?: string;
  /** What it answers. */
  quoted?: { from: SnapshotMessage["from"]; type: string; content: string };
  /** Words of the ad or post that led here. */
  ad?: string;
  /** ISO 8601. */
  at: string;
}

/** Something that was promised to the contact. */
export interface OpenPromise {
  content: string;
  /** ISO 8601; at or before the snapshot's `now` it is due. */
  dueAt: string;
  /** Who has to do it. */
  doer: "bot" | "person";
}

/** Everything a turn knows: plain JSON, never mutated. */
export interface TurnSnapshot {
  /** The database's clock when the turn was opened, ISO 8601. */
  now: string;
  tenant: { name: string; locale: string; timeZone: string; settings: Record<string, unknown> };
  machine: MachineDefinition;
  session: {
    id: string;
    /** `null` before the first turn: the machine's initial state. */
    state: string | null;
    /** Field values collected so far, by field name. */
    variables: Record<string, unknown>;
    turnsInState: number;
    failedTurns: number;
    language: string | null;
    /** What the conversation was about so far. */
    summary: string | null;
    /** Who may speak. Default: the bot. */
    holder?: "bot" | "human" | "queue";
    /** Turns in a row, up to now, in which the bot asked back. Default 0. */
    clarifications?: number;
    /** What the person who last gave the conversation back wants the bot to know. */
    handBackNote?: string;
  };
  contact: {
    id: string;
    name: string | null;
    language: string | null;
    /** What is known about the person from all conversations. */
    attributes: Record<string, unknown>;
    /** Calls for a person in the last 24 hours. Default 0. */
    escalationsToday?: number;
    /** What earlier conversations were about, newest first. */
    summaries?: string[];
  };
  /** Who could take over; `null` if nobody counts. */
  people?: { agentsOnline: number | null };
  /** Files of the tenant that `send_media` may name. */
  media?: { name: string; description: string }[];
  /** What tools came to in a draft of this turn that newer messages overtook. */
  finishedTools?: FinishedTool[];
  /** What was promised to the contact and is still open, by due time. Default none. */
  promises?: OpenPromise[];
  cause: "messages" | "follow_up" | "hand_back" | "promise" | "delivery_failed";
  /** What the bot speaks up for, in the words of the machine or of an earlier turn; with `cause` `follow_up`. */
  note?: string;
  /** Replies that did not reach the contact, and why; with `cause` `delivery_failed`. */
  undelivered?: { content: string; reason: string }[];
  /** Oldest first, without the pending ones; bounded by the caller. */
  history: SnapshotMessage[];
  /** What the contact wrote and nobody answered, oldest first; empty unless `cause` is `messages`. */
  pending: SnapshotMessage[];
}
