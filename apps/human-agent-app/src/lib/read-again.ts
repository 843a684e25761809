import type { QueryClient, QueryKey } from "@tanstack/react-query";
import { whenIdle } from "./when-idle.ts";

/**
 * Reads again what the cache holds below some keys: what is shown now one after the other, each when the page has time, since
 * to ask for all of it at once keeps the page from whoever uses it; the rest when it is shown next.
 *
 * @param queryKeys Default: everything.
 */
export async function readAgain(client: QueryClient, queryKeys: QueryKey[] = [[]]): Promise<void> {
  for (const queryKey of queryKeys) void client.invalidateQueries({ queryKey, refetchType: "none" });
  const shown = queryKeys.flatMap((queryKey) => client.getQueryCache().findAll({ queryKey, type: "active" }));
  for (const { queryKey } of shown) {
    await whenIdle();
    // What was on its way before was asked too early to be told of everything.
    void client.refetchQueries({ queryKey, exact: true });
  }
}
