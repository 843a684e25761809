import { useEffect, useState } from "react";
import type { FaultSettings } from "../../../src/faults.ts";
import { changeFaults, fetchFaults } from "../api/simulator-api.ts";
import { activeIn } from "./chance.ts";
import type { PhoneState } from "../state/phone-model.ts";

/** What goes wrong on purpose, and how to change it. */
export interface FaultsOfPage {
  /** `undefined` until the simulator has told. */
  settings: FaultSettings | undefined;
  /** How many are active. */
  count: number;
  /** Without an argument all end. */
  change: (changed?: Partial<FaultSettings>) => void;
  /** Asks again: some faults use themselves up. */
  refresh: () => void;
}

/** Reads the faults whenever the connection comes back. */
export function useFaults(connection: PhoneState["connection"]): FaultsOfPage {
  const [settings, setSettings] = useState<FaultSettings>();
  function take(answer: Promise<FaultSettings>) {
    // Without an answer the page says already that the connection is lost.
    answer.then(setSettings, () => {});
  }
  useEffect(() => {
    if (connection === "online") take(fetchFaults());
  }, [connection]);
  return {
    settings,
    count: settings ? activeIn(settings) : 0,
    change: (changed) => take(changeFaults(changed)),
    refresh: () => take(fetchFaults()),
  };
}
