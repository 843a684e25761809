import { Search, X } from "lucide-react";
import { IconButton } from "@app/ui/mod.ts";
import { useSpeech } from "../../lib/speech.ts";
import { FilterMenu } from "./filter-menu.tsx";
import { type QueueFilters } from "./queue-view.ts";
import { type QueueView, queueViews } from "./queue-views.ts";
import { useCounts } from "./use-counts.ts";

/** What is looked at: kept in the address, so that it can be shared and gone back to. */
export interface QueueSearch {
  view: QueueView;
  filters: QueueFilters;
  text: string;
  onChange: (change: { view?: QueueView; filters?: QueueFilters; text?: string }) => void;
}

/** Above the queue: search, views with their counts, filters. */
export function QueueHeader({ search }: { search: QueueSearch }) {
  const { words } = useSpeech();
  const counts = useCounts();
  return (
    <header className="border-b border-line bg-surface">
      <div className="flex items-center gap-1 px-3 pt-3 pb-2">
        <label className="relative flex-1">
          <span className="sr-only">{words.queue.search}</span>
          <Search
            size={17}
            aria-hidden="true"
            className="absolute start-3 top-1/2 -translate-y-1/2 text-soft"
          />
          <input
            type="search"
            value={search.text}
            placeholder={words.queue.search}
            data-testid="search"
            onChange={(event) => search.onChange({ text: event.target.value })}
            onKeyDown={(event) => event.key === "Escape" && search.onChange({ text: "" })}
            className="min-h-10 w-full rounded-xl border border-line bg-raised ps-9 pe-9 text-sm placeholder:text-soft [&::-webkit-search-cancel-button]:hidden"
          />
          {search.text && (
            <IconButton
              label={words.queue.clearSearch}
              className="absolute! end-0 top-0"
              onClick={() => search.onChange({ text: "" })}
            >
              <X size={16} aria-hidden="true" />
            </IconButton>
          )}
        </label>
        <FilterMenu filters={search.filters} onChange={(filters) => search.onChange({ filters })} />
      </div>
      <div
        role="tablist"
        aria-label={words.queue.views}
        className="scroll-line flex gap-1.5 px-3 pb-2.5 md:flex-wrap md:[mask-image:none] md:pe-3 [mask-image:linear-gradient(to_right,black_calc(100%-2.5rem),transparent)] pe-8 rtl:[mask-image:linear-gradient(to_left,black_calc(100%-2.5rem),transparent)]"
      >
        {queueViews.map((view) => (
          <button
            key={view}
            type="button"
            role="tab"
            aria-selected={search.view === view && !search.text}
            data-testid={`view-${view}`}
            onClick={() => search.onChange({ view, text: "" })}
            className="flex min-h-9 shrink-0 items-center gap-1.5 rounded-full border border-line px-3 text-[0.8125rem] font-semibold text-soft transition-colors hover:text-ink aria-selected:border-accent aria-selected:bg-accent aria-selected:text-on-accent"
          >
            {words.queue.viewNames[view]}
            {counts[view] !== undefined && counts[view] > 0 && (
              <span className="text-xs font-normal tabular-nums">
                {counts[view] > 999 ? "999+" : counts[view]}
              </span>
            )}
          </button>
        ))}
      </div>
    </header>
  );
}
