import { useQuery } from "@tanstack/react-query";
import type { Backend } from "../lib/backend.ts";
import { call } from "../lib/call.ts";
import { keys } from "../lib/keys.ts";
import { myTenants } from "../lib/records/people.ts";

/** The tenants that a person acts for. */
export function useTenants(backend: Backend, userId: string) {
  return useQuery({
    queryKey: keys.tenants(userId),
    queryFn: () => call(backend, "list_my_tenants", {}, myTenants),
  });
}

const storageKey = "tenant";

/** The tenant that was last worked for in this browser. */
export function lastTenant(): string | null {
  return localStorage.getItem(storageKey);
}

/** Remembers it. */
export function rememberTenant(slug: string): void {
  localStorage.setItem(storageKey, slug);
}
