import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import type { AppConfig } from "./config.ts";
import { loginKey } from "./kept-login.ts";

/** supabase-js as a signed-in person, on the one schema that apps see. */
export type Supabase = SupabaseClient<Record<"api", never>, "api", "api">;

/** Connects; the session is kept in this browser and renewed before it ends. */
export function connect({ api_url, publishable_key }: AppConfig): Supabase {
  return createClient(api_url, publishable_key, {
    db: { schema: "api" },
    auth: { flowType: "implicit", detectSessionInUrl: true, storageKey: loginKey(api_url) },
    // A phone that slept finds out soon that its socket is gone.
    realtime: { heartbeatIntervalMs: 15_000 },
  }) as unknown as Supabase;
}
