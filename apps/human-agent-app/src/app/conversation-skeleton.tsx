import type { ReactNode } from "react";
import { Skeleton } from "@app/ui/mod.ts";
import { HistorySkeleton } from "../components/history-skeleton.tsx";

/** The place of a conversation until its code and its person are there: as high above and below as what will come. */
export function ConversationSkeleton({ problem }: { problem?: ReactNode }) {
  if (problem) return <div className="flex min-h-0 flex-1 flex-col">{problem}</div>;
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col">
      <div className="flex min-h-16 items-center gap-3 border-b border-line bg-surface py-1.5 ps-14 pe-4 md:ps-4">
        <Skeleton className="size-10 shrink-0 rounded-full!" />
        <div className="flex-1 space-y-2">
          <Skeleton className="h-4 w-36" />
          <Skeleton className="h-4 w-20 rounded-full!" />
        </div>
      </div>
      <HistorySkeleton />
      <div className="safe-bottom border-t border-line bg-surface px-3 py-2">
        <Skeleton className="h-10 rounded-2xl!" />
      </div>
    </div>
  );
}
