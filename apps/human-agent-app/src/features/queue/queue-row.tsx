import { Link } from "@tanstack/react-router";
import { Flag } from "lucide-react";
import { memo } from "react";
import { Avatar, Badge, formatListTime } from "@app/ui/mod.ts";
import { HolderBadge } from "../../components/holder-badge.tsx";
import { TimeChip } from "../../components/time-chip.tsx";
import { useDesk } from "../../lib/desk.ts";
import { nameOf, type Session } from "../../lib/records/session.ts";
import { useSpeech } from "../../lib/speech.ts";
import { useToday } from "../../lib/use-now.ts";
import { previewOf } from "./preview-of.ts";

interface QueueRowProps {
  session: Session;
  /** Whether it is the one that is open. */
  isCurrent: boolean;
  holderName: string;
  /** What a search found in it, in place of the newest message. */
  excerpt: string | null;
}

/** One conversation of the queue: who, how long still, what was said last, who holds it. Drawn anew only when it changes. */
export const QueueRow = memo(function QueueRow({ session, isCurrent, holderName, excerpt }: QueueRowProps) {
  const { words, labels } = useSpeech();
  const { tenant, userId } = useDesk();
  const today = useToday();
  const name = nameOf(session, words.unknownContact);
  const isUnread = session.unread_count > 0;
  return (
    <Link
      to="/t/$slug/c/$sessionId"
      params={{ slug: tenant.slug, sessionId: session.id }}
      search={(previous: object) => previous}
      data-testid="queue-row"
      data-id={session.id}
      aria-current={isCurrent ? "true" : undefined}
      className={`group relative flex h-full items-start gap-3 border-b border-line px-4 py-2.5 outline-offset-[-2px] transition-colors ${
        isCurrent ? "bg-accent-soft" : "hover:bg-raised"
      }`}
    >
      <Avatar name={name} size={42} />
      <span className="min-w-0 flex-1">
        <span className="flex items-baseline gap-2">
          <bdi className={`truncate text-[0.9375rem] ${isUnread ? "font-bold" : "font-semibold"}`}>
            {name}
          </bdi>
          {session.priority >= 2 && (
            <Flag
              size={13}
              aria-label={words.priorities[session.priority] ?? ""}
              className={`shrink-0 self-center ${session.priority === 3 ? "text-danger" : "text-unread"}`}
              fill="currentColor"
            />
          )}
          <span className="ms-auto shrink-0 text-xs text-soft tabular-nums">
            {session.last_message_at && formatListTime(session.last_message_at, labels, today)}
          </span>
        </span>
        <span className="mt-0.5 flex items-center gap-2">
          <span
            className={`min-w-0 flex-1 truncate text-left text-sm ${isUnread ? "text-ink" : "text-soft"}`}
            dir="auto"
          >
            {excerpt ?? previewOf(session, words)}
          </span>
          {isUnread && (
            <span
              data-testid="unread"
              className="grid h-5 min-w-5 shrink-0 place-items-center rounded-full bg-unread px-1.5 text-[0.6875rem] font-bold text-on-unread tabular-nums"
            >
              {session.unread_count > 99 ? "99+" : session.unread_count}
              <span className="sr-only">{words.queue.unread}</span>
            </span>
          )}
        </span>
        <span className="mt-1.5 flex h-5 items-center gap-1.5 overflow-hidden">
          <HolderBadge session={session} me={userId} name={holderName} />
          <TimeChip session={session} />
          {session.tags.slice(0, 2).map((tag) => (
            <Badge key={tag}>
              <bdi>#{tag}</bdi>
            </Badge>
          ))}
        </span>
      </span>
    </Link>
  );
});
