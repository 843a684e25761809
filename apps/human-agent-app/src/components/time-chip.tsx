import { AlarmClock, Hourglass, TimerOff } from "lucide-react";
import { Badge, type BadgeTone } from "@app/ui/mod.ts";
import type { Session } from "../lib/records/session.ts";
import { useSpeech } from "../lib/speech.ts";
import { type Pressure, shortLength, timeLeft } from "../lib/time-left.ts";
import { useNow } from "../lib/use-now.ts";

const TONES: Record<Pressure, BadgeTone> = {
  closed: "plain",
  overdue: "danger",
  soon: "notice",
  calm: "accent",
  none: "plain",
};

/** How much time is left before the reply window closes or the request is due; in words for those who do not see it. */
export function TimeChip({ session }: { session: Session }) {
  const { words } = useSpeech();
  const left = timeLeft(session, useNow());
  if (!left) return null;
  const length = shortLength(left.ms);
  const Icon = left.pressure === "closed" ? TimerOff : left.what === "due" ? AlarmClock : Hourglass;
  const told = left.pressure === "closed"
    ? words.time.closed
    : left.pressure === "overdue"
    ? words.time.overdue(length)
    : left.what === "due"
    ? words.time.due(length)
    : words.time.window(length);
  return (
    <span className="inline-flex" title={told} data-testid="time-left" data-pressure={left.pressure}>
      <Badge tone={TONES[left.pressure]}>
        <Icon size={11} aria-hidden="true" />
        <span aria-hidden="true" className="tabular-nums">
          {left.pressure === "closed"
            ? words.time.closedShort
            : `${left.pressure === "overdue" && !length.startsWith("<") ? "+" : ""}${length}`}
        </span>
        <span className="sr-only">{told}</span>
      </Badge>
    </span>
  );
}
