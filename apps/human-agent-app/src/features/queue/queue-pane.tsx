import { Inbox, PartyPopper, SearchX } from "lucide-react";
import { StateMessage } from "@app/ui/mod.ts";
import { LoadError } from "../../components/load-error.tsx";
import { RowsSkeleton } from "../../components/rows-skeleton.tsx";
import { useFirstScreen } from "../../lib/first-screen.ts";
import { isOnItsWay, useIsWaiting } from "../../lib/use-in-pieces.ts";
import { useSpeech } from "../../lib/speech.ts";
import { nothingMore, QueueList } from "./queue-list.tsx";
import type { QueueFilters } from "./queue-view.ts";
import type { QueueView } from "./queue-views.ts";
import { useQueue } from "./use-queue.ts";
import { useSearch } from "./use-search.ts";

interface QueueContentProps {
  view: QueueView;
  filters: QueueFilters;
  currentId: string | undefined;
  /** Nothing is open beside it: it is what the page is for. */
  isAlone: boolean;
}

/** A view of the queue as a list, or what stands in its place while there is none. */
export function QueueContent({ view, filters, currentId, isAlone }: QueueContentProps) {
  const { words } = useSpeech();
  const queue = useQueue(view, filters);
  // Read while drawing, so that their changes draw anew: a list that scrolls would ask its last drawing, and never more.
  const { isFetching, isFetchNextPageError } = queue;
  const sessions = queue.data?.pages.flatMap((page) => page.sessions) ?? [];
  const isWaiting = useIsWaiting(queue);
  // A kept queue that is empty says little: what waits by now is what the page is for.
  useFirstScreen(isAlone && !isWaiting && (sessions.length > 0 || !isFetching));
  if (isWaiting) return <RowsSkeleton />;
  if (!queue.data) return <LoadError query={queue} />;
  if (sessions.length === 0) {
    const isFiltered = Object.values(filters).some(Boolean);
    const { title, text } = isFiltered ? words.queue.nothingFiltered : words.queue.empty[view];
    return (
      <StateMessage
        icon={view === "needs_answer" && !isFiltered ? <PartyPopper size={26} /> : <Inbox size={26} />}
        title={title}
        text={text}
      />
    );
  }
  return (
    <QueueList
      sessions={sessions}
      currentId={currentId}
      more={{
        hasMore: queue.hasNextPage,
        hasFailed: isFetchNextPageError,
        onMore: () => void (isFetching || queue.fetchNextPage()),
      }}
    />
  );
}

/** What a search found. */
export function SearchContent({ text, currentId }: { text: string; currentId: string | undefined }) {
  const { words } = useSpeech();
  const search = useSearch(text);
  useFirstScreen(!search.isPending);
  if (isOnItsWay(search)) return <RowsSkeleton />;
  if (!search.data) return <LoadError query={search} />;
  if (search.data.length === 0) {
    return (
      <StateMessage
        icon={<SearchX size={26} />}
        title={words.queue.notFound.title}
        text={words.queue.notFound.text}
      />
    );
  }
  return (
    <QueueList
      sessions={search.data.map((hit) => hit.session)}
      currentId={currentId}
      excerpts={new Map(search.data.map((hit) => [hit.session.id, hit.excerpt]))}
      more={nothingMore}
    />
  );
}
