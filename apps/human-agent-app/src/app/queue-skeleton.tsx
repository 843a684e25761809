import type { ReactNode } from "react";
import { Skeleton } from "@app/ui/mod.ts";
import { RowsSkeleton } from "../components/rows-skeleton.tsx";

/** The place of the queue until its code is there. */
export function QueueSkeleton({ problem }: { problem?: ReactNode }) {
  return (
    <>
      <div className="border-b border-line px-3 pt-3 pb-2.5">
        <Skeleton className="h-10 rounded-xl!" />
        <div className="mt-2 flex gap-1.5 overflow-hidden md:flex-wrap">
          {["w-28", "w-16", "w-24", "w-14", "w-24", "w-20", "w-24"].map((width, index) => (
            <Skeleton key={index} className={`h-9 shrink-0 rounded-full! ${width}`} />
          ))}
        </div>
      </div>
      {problem ?? <RowsSkeleton />}
    </>
  );
}
