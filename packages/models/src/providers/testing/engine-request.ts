import { type MachineDefinition, type ModelRequest, runTurn } from "@app/sales-engine/mod.ts";
import {
  buildSnapshot,
  demoMachines,
  scriptedModel,
  type SnapshotChanges,
} from "@app/sales-engine/testing.ts";

/** What the engine asks a model in a turn. */
export async function engineRequest(
  machine: MachineDefinition = demoMachines.gym,
  changes: SnapshotChanges = {},
): Promise<ModelRequest> {
  const model = scriptedModel(new Error("only the request is wanted"));
  await runTurn(buildSnapshot(machine, changes), { model, clock: { nowMs: () => 0 } }).catch(() => {});
  const [request] = model.calls;
  if (!request) throw new Error("Cannot give the engine's request: it asked nothing");
  return request;
}
