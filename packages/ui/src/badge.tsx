import type { ReactNode } from "react";

const TONES = {
  plain: "bg-line/60 text-soft",
  accent: "bg-accent-soft text-accent",
  bot: "bg-bot text-on-bot",
  good: "bg-good-soft text-good",
  notice: "bg-notice text-on-notice",
  danger: "bg-danger-soft text-danger",
};

/** What a badge says by its colour; the words say it too. */
export type BadgeTone = keyof typeof TONES;

/** A word or two about a thing, such as its state. */
export function Badge({ tone = "plain", children }: { tone?: BadgeTone; children: ReactNode }) {
  return (
    <span
      className={`inline-flex max-w-full items-center gap-1 rounded-full px-2 py-0.5 text-[0.6875rem] leading-4 font-semibold whitespace-nowrap ${
        TONES[tone]
      }`}
    >
      {children}
    </span>
  );
}
