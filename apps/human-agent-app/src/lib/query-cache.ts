import { type Query, QueryClient } from "@tanstack/react-query";
import type { PersistedClient, PersistQueryClientOptions } from "@tanstack/react-query-persist-client";
import { createStore, del, get, set } from "idb-keyval";
import { toAppError } from "./app-error.ts";

/** Raised when what is kept changes its form; older caches are thrown away. */
const format = "2";
const day = 86_400_000;

/** What the backend said, kept in this browser so that the app opens without a network. */
export function openQueryCache() {
  const client = new QueryClient({
    defaultOptions: {
      queries: {
        // Events keep what is shown true; a second look on focus would only cost.
        staleTime: 5 * 60_000,
        gcTime: 7 * day,
        refetchOnWindowFocus: false,
        refetchOnReconnect: "always",
        networkMode: "offlineFirst",
        retry: (count, error) =>
          count < 2 && ["offline", "failed", "limited"].includes(toAppError(error).kind),
      },
      mutations: { networkMode: "always" },
    },
  });
  return {
    client,
    /** One cache per person: another who signs in here sees nothing of it. */
    persistOptions: (userId: string): Omit<PersistQueryClientOptions, "queryClient"> => ({
      persister: persister(userId),
      maxAge: 7 * day,
      buster: format,
      dehydrateOptions: { shouldDehydrateQuery: isWorthKeeping },
    }),
  };
}

/** Signed addresses of files and searches are of the moment. */
function isWorthKeeping(query: Query): boolean {
  return query.state.status === "success" && query.queryKey[0] !== "file" && query.queryKey[1] !== "search";
}

function persister(userId: string) {
  const store = createStore("query-cache", "clients");
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    persistClient(client: PersistedClient) {
      clearTimeout(timer);
      timer = setTimeout(() => void set(userId, client, store).catch(() => {}), 1000);
    },
    restoreClient: () => get<PersistedClient>(userId, store).catch(() => undefined),
    removeClient: () => del(userId, store),
  };
}

/** Forgets everything that was kept of anybody, as after signing out. */
export async function forgetQueryCache(userId: string): Promise<void> {
  await del(userId, createStore("query-cache", "clients"));
}
