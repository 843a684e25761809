import type { AccountEvent } from "@app/contracts/mod.ts";
import { z } from "zod";
import { truncate } from "../clean-text.ts";
import { lenient } from "../lenient.ts";

type WithoutHead<Event> = Event extends AccountEvent
  ? Omit<Event, "kind" | "externalId" | "timestamp" | "body">
  : never;

/** What one kind of account event contributes; the head (id, time, body) is the same for all. */
export type AccountFields = WithoutHead<AccountEvent>;

/** A word of Meta's, which may come as a number; cut at 500. */
export const word = z.union([z.string(), z.number()]).transform((text) => truncate(String(text), 500));

/** An optional {@linkcode word}, left out when it is something else, such as `null`, or blank. */
export const lenientWord = lenient(word.refine((text) => text.trim() !== "" && text !== "NONE"));

/** The fields that have a value. */
export function present<Fields extends Record<string, unknown>>(
  fields: Fields,
): { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> };
export function present(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
