import type { Simulation } from "./simulation.ts";

/** One call of the control API. `id` is the part of the path that names a thing. */
export interface Call {
  simulation: Simulation;
  request: Request;
  url: URL;
  id: string;
}
