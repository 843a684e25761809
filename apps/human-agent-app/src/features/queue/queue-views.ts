/** The views of the queue, in the order of their tabs. */
export const queueViews = [
  "needs_answer",
  "mine",
  "unassigned",
  "bot",
  "snoozed",
  "all",
  "resolved",
] as const;

/** One of {@linkcode queueViews}. */
export type QueueView = (typeof queueViews)[number];
