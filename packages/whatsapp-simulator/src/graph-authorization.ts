import { GraphError } from "./graph-error.ts";
import type { BusinessNumber } from "./registry.ts";
import type { Simulation } from "./simulation.ts";

/**
 * The number of a request, if its bearer token may use it.
 *
 * @throws {GraphError} 190 without a genuine token; 100/33 if the number does not exist for this token.
 */
export function authorizedNumber(simulation: Simulation, request: Request, id: string): BusinessNumber {
  const token = genuineToken(simulation, request);
  const number = simulation.registry.numbers.get(id);
  if (!number || number.access_token !== token) throw GraphError.unknownObject(request.method, id);
  return number;
}

/**
 * The bearer token of a request.
 *
 * @throws {GraphError} 190, HTTP 401, if it is missing or no number has it.
 */
export function genuineToken({ registry }: Simulation, request: Request): string {
  const token = /^Bearer (.+)$/.exec(request.headers.get("authorization") ?? "")?.[1];
  if (!token) throw GraphError.token("An access token is required to request this resource.");
  if (!registry.isGenuineToken(token)) {
    throw GraphError.token("Invalid OAuth access token - Cannot parse access token");
  }
  return token;
}
