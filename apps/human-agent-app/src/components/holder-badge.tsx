import { Bot, CheckCircle2, HandHelping, Smartphone, UserRound } from "lucide-react";
import { Badge, formatListTime } from "@app/ui/mod.ts";
import type { Session } from "../lib/records/session.ts";
import { useSpeech } from "../lib/speech.ts";

/** Who may speak in a conversation: the bot, nobody yet, oneself or a colleague. */
export function HolderBadge({ session, me, name }: { session: Session; me: string; name: string }) {
  const { words, labels } = useSpeech();
  if (session.status !== "open") {
    return (
      <Badge tone="good">
        <CheckCircle2 size={11} aria-hidden="true" />
        {words.holder.resolved}
      </Badge>
    );
  }
  if (session.holder === "bot") {
    return (
      <Badge tone="bot">
        <Bot size={11} aria-hidden="true" />
        {words.holder.bot}
      </Badge>
    );
  }
  if (session.holder === "queue") {
    return (
      <Badge tone={session.escalation_urgency === "high" ? "danger" : "notice"}>
        <HandHelping size={11} aria-hidden="true" />
        {words.holder.waiting}
      </Badge>
    );
  }
  if (session.assigned_to === null && session.held_until) {
    return (
      <Badge tone="plain">
        <Smartphone size={11} aria-hidden="true" />
        <span className="truncate">
          {words.holder.phoneApp(formatListTime(session.held_until, labels, new Date()))}
        </span>
      </Badge>
    );
  }
  const isMine = session.assigned_to === me;
  return (
    <Badge tone={isMine ? "accent" : "plain"}>
      <UserRound size={11} aria-hidden="true" />
      <span className="truncate" dir="auto">{isMine ? words.holder.me : name}</span>
    </Badge>
  );
}
