import { useNavigate, useSearch } from "@tanstack/react-router";
import type { QueueFilters } from "../features/queue/queue-view.ts";
import type { QueueView } from "../features/queue/queue-views.ts";

/** The queue's part of the address, and how to change it. */
export function useQueueAddress() {
  const address = useSearch({ from: "/t/$slug" });
  const navigate = useNavigate({ from: "/t/$slug" });
  return {
    view: address.view ?? "needs_answer" as const,
    filters: {
      ...(address.channel && { config_id: address.channel }),
      ...(address.tag && { tag: address.tag }),
      ...(address.lang && { language: address.lang }),
    },
    text: address.q ?? "",
    onChange(change: { view?: QueueView; filters?: QueueFilters; text?: string }) {
      void navigate({
        to: ".",
        replace: true,
        search: (previous: object) => ({
          ...previous,
          ...(change.view && { view: change.view }),
          ...(change.text !== undefined && { q: change.text || undefined }),
          ...(change.filters && {
            channel: change.filters.config_id,
            tag: change.filters.tag,
            lang: change.filters.language,
          }),
        }),
      });
    },
  };
}
