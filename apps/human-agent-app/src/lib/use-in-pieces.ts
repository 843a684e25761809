import { useDeferredValue } from "react";

/**
 * Whether something is there that is much to draw at once, such as a desk when it is known whose it is: told a moment later,
 * in a drawing that is done in pieces, between which the page answers whoever uses it.
 */
export function useInPieces(isThere: boolean): boolean {
  return useDeferredValue(isThere, false) && isThere;
}

/** Whether a skeleton stands for what is read: until it is there, and as above a moment longer. */
export function useIsWaiting({ isPending, data }: { isPending: boolean; data: unknown }): boolean {
  const isReady = useInPieces(data !== undefined);
  return isPending || (data !== undefined && !isReady);
}
