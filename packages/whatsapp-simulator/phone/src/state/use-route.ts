import { useSyncExternalStore } from "react";
import type { Pair } from "./use-sending.ts";

/** The chat that the address names: `/?customer=…&number=…`. */
export function useRoute(): Pair | undefined {
  const search = useSyncExternalStore(onChange, () => location.search);
  const query = new URLSearchParams(search);
  const customer = query.get("customer")?.replace(/^\+|\s/g, "");
  const phoneNumberId = query.get("number");
  return customer && phoneNumberId ? { customer, phoneNumberId } : undefined;
}

/** The address of a chat. */
export function routeOf(pair: Pair): string {
  return `/?${new URLSearchParams({ customer: pair.customer, number: pair.phoneNumberId })}`;
}

/** Opens a chat, or with no argument the list. */
export function openRoute(pair?: Pair): void {
  history.pushState(null, "", pair ? routeOf(pair) : "/");
  dispatchEvent(new Event("route"));
}

function onChange(listener: () => void): () => void {
  addEventListener("popstate", listener);
  addEventListener("route", listener);
  return () => {
    removeEventListener("popstate", listener);
    removeEventListener("route", listener);
  };
}
