import type { BusinessNumber } from "./registry.ts";

/** `GET /{version}/{phone_number_id}`: what the platform tells about a number of the business. */
export function readBusinessNumber(number: BusinessNumber): Response {
  return Response.json({
    verified_name: number.name,
    code_verification_status: "VERIFIED",
    display_phone_number: number.display_phone_number,
    quality_rating: "GREEN",
    platform_type: "CLOUD_API",
    throughput: { level: "STANDARD" },
    id: number.phone_number_id,
  });
}
