/** Work that goes on after the response. */
/// <reference types="@supabase/functions-js/src/edge-runtime.d.ts" />

const running = new Set<Promise<unknown>>();

/**
 * Lets `work` outlive the response: `EdgeRuntime.waitUntil` where the host has it, otherwise the promise is only kept
 * for {@linkcode backgroundEnded}. `work` reports its own failures.
 */
export function runInBackground(work: Promise<unknown>): void {
  const kept = work.catch(() => {}).finally(() => running.delete(kept));
  running.add(kept);
  hostRuntime()?.waitUntil(kept);
}

/** Settles when nothing runs in the background any more; a host awaits it before it stops. */
export async function backgroundEnded(): Promise<void> {
  while (running.size > 0) await Promise.all(running);
}

/** https://supabase.com/docs/guides/functions/background-tasks: the global is absent in plain Deno. */
function hostRuntime(): typeof EdgeRuntime | undefined {
  return "EdgeRuntime" in globalThis ? EdgeRuntime : undefined;
}
