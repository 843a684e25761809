import type { ChatItem } from "@app/ui/mod.ts";
import type { OutboxEntry } from "../../lib/outbox/outbox-entry.ts";
import type { Message } from "../../lib/records/message.ts";
import type { KnownWords } from "../../words/later/later-words.ts";
import { failureOf } from "./failure-of.ts";

/** Why a stored message did not arrive, and the way out. */
export function problemOf({ status, error, sender_type }: Message, words: KnownWords): ChatItem["problem"] {
  const reason = typeof error?.["reason"] === "string" ? error["reason"] : undefined;
  if (status === "cancelled") return { text: words.refusals?.[reason ?? ""] ?? words.problems.cancelled };
  if (reason === "no_answer") return { text: words.problems.unknown };
  if (status !== "failed") return undefined;
  const kind = failureOf(error?.["code"]);
  const text = kind && words.failures
    ? `${words.problems.failed} ${words.failures[kind]}`
    : words.problems.failed;
  const details = ["code", "title", "details"].flatMap((key) => error?.[key] ? [String(error[key])] : [])
    .join(" · ");
  return { text, ...(details && { details }), ...(sender_type === "agent" && { action: words.sendAgain }) };
}

/** Why a message still waits on this device. */
export function problemOfEntry(entry: OutboxEntry, words: KnownWords): Pick<ChatItem, "problem"> {
  if (entry.state === "review") {
    return { problem: { text: words.problems.review, action: words.problems.reviewAction } };
  }
  if (entry.state === "refused") {
    return {
      problem: {
        text: words.refusals?.[entry.reason ?? ""] ?? words.errors.failed.text,
        action: words.problems.backToDraft,
      },
    };
  }
  return entry.hasWaited ? { problem: { text: words.problems.waiting } } : {};
}
