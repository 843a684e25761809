import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import type { AppConfig } from "./config.ts";

/** The project's API as a signed-in person, on the one schema that apps see. */
export type Backend = SupabaseClient<Record<"api", never>, "api", "api">;

let opened: Backend | undefined;

/** Connects; the session is kept in this browser and renewed before it ends. One connection per page. */
export function openBackend({ api_url, publishable_key }: AppConfig): Backend {
  return opened ??= createClient(api_url, publishable_key, {
    db: { schema: "api" },
    auth: { flowType: "implicit", detectSessionInUrl: true },
    // A phone that slept finds out soon that its socket is gone.
    realtime: { heartbeatIntervalMs: 15_000 },
  }) as unknown as Backend;
}
