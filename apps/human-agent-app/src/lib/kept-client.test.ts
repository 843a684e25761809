import { dehydrate, QueryClient } from "@tanstack/react-query";
import { deepEqual } from "node:assert/strict";
import { asKept, isWorthKeeping } from "./kept-client.ts";

/** What a new page finds of a cache. */
function keptOf(client: QueryClient) {
  const clientState = dehydrate(client, { shouldDehydrateQuery: isWorthKeeping });
  return asKept({ timestamp: 0, buster: "", clientState }).clientState.queries.map(({ queryKey, state }) => ({
    queryKey,
    data: state.data,
    status: state.status,
    error: state.error,
  }));
}

Deno.test("what was read once is kept, also when it could not be read again", async () => {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  client.setQueryData(["tenant", "queue"], ["a conversation"]);
  const failed = client.fetchQuery({
    queryKey: ["tenant", "queue"],
    queryFn: () => Promise.reject(new Error("no answer")),
  });
  await failed.catch(() => {});
  await client.fetchQuery({
    queryKey: ["tenant", "counts"],
    queryFn: () => Promise.reject(new Error("no answer")),
  })
    .catch(() => {});
  client.setQueryData(["tenant", "search", "ana"], []);
  client.setQueryData(["file", "a/path"], "an address");
  deepEqual(keptOf(client), [
    { queryKey: ["tenant", "queue"], data: ["a conversation"], status: "success", error: null },
  ]);
  client.clear();
});
