import { Skeleton } from "@app/ui/mod.ts";
import { useSpeech } from "../lib/speech.ts";

/** The shape of the queue while it is read. */
export function RowsSkeleton() {
  const { words } = useSpeech();
  return (
    <div role="status" aria-label={words.loading} className="overflow-hidden">
      {Array.from({ length: 8 }, (_, index) => <RowSkeleton key={index} />)}
    </div>
  );
}

/** The shape of one of its rows. */
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
