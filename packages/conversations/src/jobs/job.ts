import type { z } from "zod";
import type { Tenant } from "../ports.ts";

/** What a job is told beside its payload. */
export interface JobContext {
  /** The tenant whose job it is; absent for the deployment's own. */
  tenant?: Tenant;
  /** Fires when the lease is lost or the deadline has passed. */
  signal: AbortSignal;
}

/** A kind of background work. It may run more than once, so running it again changes nothing. */
export interface Job {
  /** As stored, such as `sweep_early_statuses`. */
  name: string;
  /** @throws {z.ZodError} If the payload is not this kind's. */
  run(payload: unknown, context: JobContext): Promise<void>;
}

/** Makes a job whose payload is parsed before it runs. */
export function defineJob<Payload>(
  name: string,
  payload: z.ZodType<Payload>,
  run: (payload: Payload, context: JobContext) => Promise<void>,
): Job {
  return { name, run: async (stored, context) => await run(payload.parse(stored), context) };
}
