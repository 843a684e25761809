import type { Query } from "@tanstack/react-query";
import type { PersistedClient } from "@tanstack/react-query-persist-client";

/** Whether it is kept: what was read once. Signed addresses of files and searches are of the moment. */
export function isWorthKeeping({ queryKey, state }: Pick<Query, "queryKey" | "state">): boolean {
  return state.data !== undefined && queryKey[0] !== "file" && queryKey[1] !== "search";
}

/** What is kept of a cache: what was read, but not that it could not be read again, which is of the moment too. */
export function asKept(client: PersistedClient): PersistedClient {
  const queries = client.clientState.queries.map((query) => ({
    ...query,
    state: {
      ...query.state,
      status: "success" as const,
      error: null,
      fetchFailureCount: 0,
      fetchFailureReason: null,
    },
  }));
  return { ...client, clientState: { ...client.clientState, queries } };
}
