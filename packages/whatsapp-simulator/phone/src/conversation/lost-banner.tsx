import { WifiOff } from "lucide-react";
import type { Words } from "../i18n/words.ts";

/** Over a chat whose simulator does not answer; on a desktop the list says it already. */
export function LostBanner({ words, onRetry }: { words: Words; onRetry: () => void }) {
  return (
    <div
      role="alert"
      className="flex items-center gap-2 bg-danger-soft py-1.5 ps-4 pe-2 text-sm text-danger md:hidden"
    >
      <WifiOff size={16} aria-hidden="true" className="shrink-0" />
      <span className="flex-1">{words.lost}</span>
      <button type="button" onClick={onRetry} className="min-h-10 rounded-lg px-2 font-semibold">
        {words.retry}
      </button>
    </div>
  );
}
