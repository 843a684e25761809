import * as z from "zod/mini";

// The page may not make code from text, so zod must not try.
z.config({ jitless: true });

const config = z.object({ api_url: z.url(), publishable_key: z.string(), push_key: z.optional(z.string()) });

/** Where the backend is, and the keys that may be seen by everybody; without `push_key` no device is notified. */
export type AppConfig = z.infer<typeof config>;

/** Reads it from the file that is served beside the app, so that one build serves every deployment. */
export async function readConfig(): Promise<AppConfig> {
  const response = await fetch("/config.json", { cache: "no-cache" });
  if (!response.ok) {
    throw new Error(`Cannot read /config.json: it was answered ${response.status}, wanted 200`);
  }
  return config.parse(await response.json());
}
