import { QueryClient } from "@tanstack/react-query";
import type { PersistedClient, PersistQueryClientOptions } from "@tanstack/react-query-persist-client";
import { createStore, del, get, set } from "idb-keyval";
import { toAppError } from "./app-error.ts";
import { asKept, isWorthKeeping } from "./kept-client.ts";
import { whenIdle } from "./when-idle.ts";

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

/** What is about to be kept, by person. */
const waiting = new Map<string, PersistedClient>();

function persister(userId: string) {
  const store = createStore("query-cache", "clients");
  return {
    /** Keeps the newest once a second at most, also where something changes all the time. */
    persistClient(client: PersistedClient) {
      if (!waiting.has(userId)) setTimeout(() => void whenIdle().then(keep), 1000);
      waiting.set(userId, client);
    },
    restoreClient: () => get<PersistedClient>(userId, store).catch(() => undefined),
    removeClient: () => forgetQueryCache(userId),
  };
  function keep() {
    const newest = waiting.get(userId);
    waiting.delete(userId);
    if (newest) set(userId, asKept(newest), store).catch(() => {});
  }
}

/** Forgets everything that was kept of a person, as after signing out. */
export async function forgetQueryCache(userId: string): Promise<void> {
  waiting.delete(userId);
  await del(userId, createStore("query-cache", "clients"));
}
