/** Where the backend is, and the keys that may be seen by everybody; without `push_key` no device is notified. */
export interface AppConfig {
  api_url: string;
  publishable_key: string;
  push_key?: string;
}

/**
 * Reads it from the file that is served beside the app, so that one build serves every deployment. It is looked at by hand:
 * everything waits for it, and what comes from the app's own server needs no schema that would be a tenth of the first
 * download.
 *
 * @throws {Error} When the file is not there, or is none of ours.
 */
export async function readConfig(): Promise<AppConfig> {
  const response = await fetch("/config.json", { cache: "no-cache" });
  if (!response.ok) {
    throw new Error(`Cannot read /config.json: it was answered ${response.status}, wanted 200`);
  }
  const { api_url, publishable_key, push_key }: Partial<Record<string, unknown>> = await response.json();
  if (typeof api_url !== "string" || !URL.canParse(api_url) || typeof publishable_key !== "string") {
    throw new Error("Cannot read /config.json: it does not say api_url and publishable_key");
  }
  return { api_url, publishable_key, ...(typeof push_key === "string" && { push_key }) };
}
