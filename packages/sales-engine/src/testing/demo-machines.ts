import gym from "../../machines/gym.json" with { type: "json" };
import packagingWholesaler from "../../machines/packaging-wholesaler.json" with { type: "json" };
import type { MachineDefinition } from "../machine-definition.ts";
import { parseMachine } from "../parse-machine.ts";

/** The machines of the two demo tenants, parsed; the same objects every time. */
export const demoMachines: Record<"packagingWholesaler" | "gym", MachineDefinition> = {
  packagingWholesaler: parseMachine(packagingWholesaler),
  gym: parseMachine(gym),
};
