import { createContext, use } from "react";
import type { Backend } from "./backend.ts";
import type { Tenant } from "./records/people.ts";

/** Who works, for whom, and with which backend. */
export interface Desk {
  backend: Backend;
  tenant: Tenant;
  tenants: Tenant[];
  userId: string;
}

/** Filled when a person is signed in and a tenant is chosen. */
export const DeskContext = createContext<Desk | null>(null);

/** The desk that this part of the app works at. */
export function useDesk(): Desk {
  const desk = use(DeskContext);
  if (!desk) throw new Error("Cannot work: there is no DeskContext above");
  return desk;
}
