import { Skeleton } from "@app/ui/mod.ts";
import { useSpeech } from "../lib/speech.ts";

/** The shape of what was said, while it is read. */
export function HistorySkeleton() {
  const { words } = useSpeech();
  return (
    <div
      role="status"
      aria-label={words.loading}
      className="chat-ground flex min-h-0 flex-1 flex-col justify-end gap-3 p-5"
    >
      {["w-2/5", "w-1/2 self-end", "w-3/5", "w-1/3 self-end"].map((width) => (
        <Skeleton key={width} className={`h-14 rounded-2xl! ${width}`} />
      ))}
    </div>
  );
}
