import { genuineToken } from "./graph-authorization.ts";
import { GraphError } from "./graph-error.ts";
import type { BusinessNumber } from "./registry.ts";
import type { Simulation } from "./simulation.ts";

/** `GET /{version}/{phone_number_id}`: what the platform tells about a number of the business. */
export function readBusinessNumber(number: BusinessNumber): Response {
  return Response.json({
    verified_name: number.name,
    code_verification_status: "VERIFIED",
    display_phone_number: number.display_phone_number,
    quality_rating: "GREEN",
    platform_type: "CLOUD_API",
    is_on_biz_app: number.is_on_biz_app,
    throughput: { level: "STANDARD" },
    id: number.phone_number_id,
  });
}

/**
 * `GET /{version}/{waba_id}/phone_numbers`: the numbers of an account, for a token that may use one of them.
 *
 * @throws {GraphError} 190 without a genuine token; 100/33 if the account does not exist for this token.
 */
export function listNumbers(simulation: Simulation, request: Request, wabaId: string): Response {
  const token = genuineToken(simulation, request);
  const numbers = [...simulation.registry.numbers.values()].filter((each) => each.waba_id === wabaId);
  if (!numbers.some((each) => each.access_token === token)) throw GraphError.unknownObject("GET", wabaId);
  return Response.json({
    data: numbers.map((each) => ({
      id: each.phone_number_id,
      display_phone_number: each.display_phone_number,
      verified_name: each.name,
    })),
  });
}
