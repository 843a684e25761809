import type { ZodMiniType } from "zod/mini";
import { AppError, kindOfStatus } from "./app-error.ts";
import { doubtMembership } from "./membership.ts";
import type { Backend } from "./backend.ts";

/** Arguments of a SQL function, by name. */
type Arguments = Record<string, unknown>;

/**
 * Calls a function of schema `api` and parses what it answers.
 *
 * @throws {AppError} With the kind that a person can act upon.
 */
export async function call<T>(
  backend: Backend,
  name: string,
  args: Arguments,
  schema: ZodMiniType<T>,
): Promise<T> {
  const { data, error, status } = await backend.rpc(name as never, args as never);
  if (error) {
    if (error.code === "42501") doubtMembership();
    throw new AppError(kindOfStatus(statusOf(error.code, status)), error.message, {
      reason: error.details || (/^[a-z]+(_[a-z]+)+$/.test(error.code) ? error.code : undefined),
      hint: error.hint,
      cause: error,
    });
  }
  return schema.parse(data);
}

/** Our functions raise `PT409` and the like; what a proxy makes of it is of no interest. */
function statusOf(code: string, status: number): number {
  const [, own] = /^PT(\d{3})$/.exec(code) ?? [];
  if (own) return Number(own);
  return code === "42501" ? 404 : code === "PGRST301" || code === "PGRST303" ? 401 : status;
}
