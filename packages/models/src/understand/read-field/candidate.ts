import type { FieldProfile } from "../field-profile.ts";
import type { MessageReading } from "../message-reading.ts";
import type { Language } from "../languages.ts";

/** What is known about a field when a message is read for it. */
export interface Focus {
  /** The bot's last message asked for it. */
  isAsked: boolean;
  /** The state that the conversation is in collects it. */
  isCurrent: boolean;
  /** It has a value already: only a correction may change it. */
  isKnown: boolean;
  /** No other open field of the machine takes this type of value. */
  isOnly: boolean;
  /** Its place among the open fields of its type: the first of two days is for the first of them. */
  place: number;
  language: Language;
}

/** A value that a piece of a message may mean for a field. */
export interface Candidate {
  value: unknown;
  start: number;
  end: number;
  /** How much speaks for it; below {@linkcode leastStrength} it is dropped, and the strongest wins a piece. */
  strength: number;
}

/** Finds values for one field in one message. */
export type FieldReader = (profile: FieldProfile, reading: MessageReading, focus: Focus) => Candidate[];

/** What a candidate must reach to fill a field. */
export const leastStrength = 1;
