import { pushWords } from "./push-words.ts";
import type { ReadPush } from "./read-push.ts";

/** A notification. */
interface Described {
  title: string;
  body: string;
  /** A newer one with the same tag takes its place. */
  tag: string;
  /** Where a tap leads. */
  path: string;
}

/** Puts a push into words: who, and why. What cannot be read still says that there is something to see. */
export function describePush(push: ReadPush): Described {
  if (!push) return { ...pushWords.es.unknown, tag: "unknown", path: "/" };
  const words = pushWords[push.language];
  if (push.kind === "trial") return { ...words.trial, tag: "trial", path: `/t/${push.slug}/settings` };
  return {
    title: words.titles[push.kind](push.name?.trim() || words.contact),
    body: "category" in push
      ? words.reasons[push.category] ?? words.reasons["other"] ?? ""
      : words.deeds[push.kind],
    tag: push.session_id,
    path: `/t/${push.slug}/c/${push.session_id}`,
  };
}
