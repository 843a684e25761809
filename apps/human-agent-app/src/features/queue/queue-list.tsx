import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import { Skeleton } from "@app/ui/mod.ts";
import type { Session } from "../../lib/records/session.ts";
import { useSpeech } from "../../lib/speech.ts";
import { useMembers } from "../../lib/use-members.ts";
import { useDesk } from "../../lib/desk.ts";
import { QueueRow } from "./queue-row.tsx";

const rowHeight = 88;

interface QueueListProps {
  sessions: Session[];
  currentId: string | undefined;
  /** What a search found, by conversation. */
  excerpts?: Map<string, string | null>;
  more: { hasMore: boolean; onMore: () => void };
}

/** The rows of the queue; only those in view are in the page. */
export function QueueList({ sessions, currentId, excerpts, more }: QueueListProps) {
  const { words } = useSpeech();
  const { tenant, userId } = useDesk();
  const { nameOfMember } = useMembers();
  const container = useRef<HTMLDivElement>(null);
  const count = sessions.length + (more.hasMore ? 1 : 0);
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => container.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => sessions[index]?.id ?? "more",
    overscan: 8,
  });
  const places = virtual.getVirtualItems();
  const lastIndex = places.at(-1)?.index ?? 0;
  useEffect(() => {
    if (more.hasMore && lastIndex >= sessions.length - 10) more.onMore();
  }, [more, lastIndex, sessions.length]);
  return (
    <div ref={container} className="min-h-0 flex-1 overflow-y-auto overscroll-contain" data-testid="queue">
      <div
        role="list"
        aria-label={words.queue.title}
        className="relative w-full"
        style={{ height: virtual.getTotalSize() }}
      >
        {places.map((place) => {
          const session = sessions[place.index];
          return (
            <div
              key={place.key}
              role="listitem"
              aria-setsize={sessions.length}
              aria-posinset={place.index + 1}
              className="absolute inset-x-0 top-0"
              style={{ height: rowHeight, transform: `translateY(${place.start}px)` }}
            >
              {session
                ? (
                  <QueueRow
                    session={session}
                    link={{ slug: tenant.slug, isCurrent: session.id === currentId }}
                    viewer={{ me: userId, holderName: nameOfMember(session.assigned_to) }}
                    excerpt={excerpts?.get(session.id) ?? null}
                  />
                )
                : <RowSkeleton />}
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** The shape of a row. */
export function RowSkeleton() {
  return (
    <div className="flex h-[88px] items-start gap-3 border-b border-line px-4 py-3">
      <Skeleton className="size-[42px] rounded-full!" />
      <div className="flex-1 space-y-2 pt-1">
        <Skeleton className="h-3.5 w-2/5" />
        <Skeleton className="h-3 w-4/5" />
        <Skeleton className="h-4 w-1/3 rounded-full!" />
      </div>
    </div>
  );
}
