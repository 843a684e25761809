import { useEffect, useRef } from "react";
import { Button } from "@app/ui/mod.ts";
import { RowSkeleton } from "../../components/rows-skeleton.tsx";
import type { Session } from "../../lib/records/session.ts";
import { useSpeech } from "../../lib/speech.ts";
import { useMembers } from "../../lib/use-members.ts";
import { QueueRow } from "./queue-row.tsx";
import { useRowsInView } from "./use-rows-in-view.ts";

const rowHeight = 88;

interface QueueListProps {
  sessions: Session[];
  currentId: string | undefined;
  /** What a search found, by conversation. */
  excerpts?: Map<string, string | null>;
  more: MoreRows;
}

/** What comes below the rows that are there. */
interface MoreRows {
  hasMore: boolean;
  /** The last try failed; the next one is the person's. */
  hasFailed: boolean;
  onMore: () => void;
}

/** There are no others. */
export const nothingMore: MoreRows = { hasMore: false, hasFailed: false, onMore: () => {} };

/** The rows of the queue; only those in view are in the page. */
export function QueueList({ sessions, currentId, excerpts, more }: QueueListProps) {
  const { words } = useSpeech();
  const { nameOfMember } = useMembers();
  const container = useRef<HTMLDivElement>(null);
  const count = sessions.length + (more.hasMore ? 1 : 0);
  const { from, to } = useRowsInView(container, { rowHeight, count });
  const lastIndex = to - 1;
  useEffect(() => {
    if (more.hasMore && !more.hasFailed && lastIndex >= sessions.length - 10) more.onMore();
  }, [more, lastIndex, sessions.length]);
  return (
    <div ref={container} className="min-h-0 flex-1 overflow-y-auto overscroll-contain" data-testid="queue">
      <div
        role="list"
        aria-label={words.queue.title}
        className="relative w-full"
        style={{ height: count * rowHeight }}
      >
        {Array.from({ length: to - from }, (_, place) => {
          const index = from + place;
          const session = sessions[index];
          return (
            <div
              key={session?.id ?? "more"}
              role="listitem"
              aria-setsize={sessions.length}
              aria-posinset={index + 1}
              className="absolute inset-x-0 top-0"
              style={{ height: rowHeight, transform: `translateY(${index * rowHeight}px)` }}
            >
              {session
                ? (
                  <QueueRow
                    session={session}
                    isCurrent={session.id === currentId}
                    holderName={nameOfMember(session.assigned_to)}
                    excerpt={excerpts?.get(session.id) ?? null}
                  />
                )
                : more.hasFailed
                ? <MoreFailed onRetry={more.onMore} />
                : <RowSkeleton />}
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** In the place of the rows that could not be read. */
function MoreFailed({ onRetry }: { onRetry: () => void }) {
  const { words } = useSpeech();
  return (
    <div role="alert" className="flex h-full items-center justify-between gap-3 px-4">
      <p className="text-sm text-soft">{words.queue.moreFailed}</p>
      <Button onClick={onRetry}>{words.retry}</Button>
    </div>
  );
}
