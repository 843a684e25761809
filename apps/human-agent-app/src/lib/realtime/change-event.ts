import * as z from "zod/mini";

const payload = z.looseObject({
  ids: z.optional(z.array(z.string())),
  count: z.optional(z.number()),
  from_seq: z.optional(z.number()),
  to_seq: z.optional(z.number()),
});

/** What the database says has changed: ids and order numbers, never text. */
export interface ChangeEvent extends z.infer<typeof payload> {
  name: string;
}

/** What to do with a topic's events. */
export interface TopicHandlers {
  onEvent: (event: ChangeEvent) => void;
  /**
   * The topic is heard from now on, for the first time or after a gap. What happened before was not heard, so what was read
   * before is read again.
   */
  onHeard: (isFirst: boolean) => void;
}

/** Reads a broadcast; nothing where it is none of ours. */
export function readChange(name: string, raw: unknown): ChangeEvent | undefined {
  const parsed = payload.safeParse(raw);
  return parsed.success ? { name, ...parsed.data } : undefined;
}
