import type { ZodMiniType } from "zod/mini";
import { AppError, kindOfStatus } from "./app-error.ts";
import { doubtMembership } from "./membership.ts";
import type { Backend } from "./backend.ts";

/** Arguments of a SQL function, by name. */
type Arguments = Record<string, unknown>;

/** What PostgREST says when it refuses. @see https://docs.postgrest.org/en/stable/references/errors.html */
type Refusal = Partial<Record<"code" | "message" | "details" | "hint", string | null>>;

/**
 * Calls a function of schema `api` and parses what it answers. It speaks with PostgREST itself, since supabase-js comes after
 * the first screen.
 *
 * @throws {AppError} With the kind that a person can act upon.
 * @throws {TypeError} When no answer came, as `fetch` does.
 */
export async function call<T>(
  backend: Backend,
  name: string,
  args: Arguments,
  schema: ZodMiniType<T>,
): Promise<T> {
  const { api_url, publishable_key } = backend.config;
  const token = await backend.token();
  const response = await fetch(`${api_url}/rest/v1/rpc/${name}`, {
    method: "POST",
    headers: {
      apikey: publishable_key,
      authorization: `Bearer ${token}`,
      "content-type": "application/json",
      "content-profile": "api",
    },
    body: JSON.stringify(args),
  });
  const text = await response.text();
  if (!response.ok) throw refused(response.status, readRefusal(text));
  // A function that returns nothing answers nothing.
  return schema.parse(text === "" ? null : JSON.parse(text));
}

/** A proxy that fails answers a page. */
function readRefusal(text: string): Refusal {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}

function refused(status: number, refusal: Refusal): AppError {
  const code = refusal.code ?? "";
  if (code === "42501") doubtMembership();
  return new AppError(kindOfStatus(statusOf(code, status)), refusal.message ?? `HTTP ${status}`, {
    reason: refusal.details || (/^[a-z]+(_[a-z]+)+$/.test(code) ? code : undefined),
    hint: refusal.hint ?? undefined,
  });
}

/** Our functions raise `PT409` and the like; what a proxy makes of it is of no interest. */
function statusOf(code: string, status: number): number {
  const [, own] = /^PT(\d{3})$/.exec(code) ?? [];
  if (own) return Number(own);
  return code === "42501" ? 404 : code === "PGRST301" || code === "PGRST303" ? 401 : status;
}
