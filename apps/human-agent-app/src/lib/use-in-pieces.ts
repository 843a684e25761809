import type { UseQueryResult } from "@tanstack/react-query";
import { useDeferredValue } from "react";

/**
 * Whether something is there that is much to draw at once, such as a desk when it is known whose it is: told a moment later,
 * in a drawing that is done in pieces, between which the page answers whoever uses it.
 */
export function useInPieces(isThere: boolean): boolean {
  return useDeferredValue(isThere, false) && isThere;
}

/** Whether what is read may come any moment. Without a network it will not, which whoever looks at it is told. */
export function isOnItsWay(
  { isPending, fetchStatus }: Pick<UseQueryResult<unknown>, "isPending" | "fetchStatus">,
): boolean {
  return isPending && fetchStatus !== "paused";
}

/** Whether a skeleton stands for what is read: while it is on its way, and as above a moment longer. */
export function useIsWaiting(
  query: Pick<UseQueryResult<unknown>, "isPending" | "fetchStatus" | "data">,
): boolean {
  const isThere = query.data !== undefined;
  const isReady = useInPieces(isThere);
  return isThere ? !isReady : isOnItsWay(query);
}
