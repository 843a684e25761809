import type { Backend } from "./backend.ts";
import { afterFirstScreen } from "./first-screen.ts";
import type { Supabase } from "./supabase.ts";

/** While supabase-js cannot be fetched it is asked for again, in milliseconds. */
const againMs = 5_000;

/**
 * Begins something with supabase-js once the first screen is there. As long as its code cannot be fetched, it goes on trying:
 * a page that hears nothing would look as if nothing happened.
 *
 * @param isUrgent Nothing can be shown without it.
 * @returns How to end what `begin` began.
 */
export function withSupabase(
  backend: Backend,
  begin: (supabase: Supabase) => () => void,
  isUrgent = false,
): () => void {
  let end: (() => void) | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;
  function attempt() {
    backend.supabase().then(
      (supabase) => {
        if (!isOver) end = begin(supabase);
      },
      () => {
        if (!isOver) timer = setTimeout(attempt, againMs);
      },
    );
  }
  if (isUrgent) attempt();
  else void afterFirstScreen().then(() => isOver || attempt());
  return () => {
    isOver = true;
    clearTimeout(timer);
    end?.();
  };
}
