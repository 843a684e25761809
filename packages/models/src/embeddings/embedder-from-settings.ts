import type { Embedder } from "@app/sales-engine/mod.ts";
import { z } from "zod";
import { ModelNotAvailable } from "../model-not-available.ts";
import type { ModelKeys } from "../providers/model-keys.ts";
import { offlineEmbedder } from "./offline-embedder.ts";
import { compatibleEmbedder, openaiEmbedder } from "./remote-embedder.ts";

const name = z.string().trim().min(1).max(100);

const chosen = z.discriminatedUnion("provider", [
  z.strictObject({ provider: z.literal("offline") }),
  z.strictObject({ provider: z.literal("openai"), name }),
  z.strictObject({ provider: z.literal("compatible"), name, baseUrl: z.url({ protocol: /^https?$/ }) }),
]);

const embeddingSettings = z.object({ embeddings: chosen.default({ provider: "offline" }) });

/**
 * The embedder that a tenant's settings name; the offline one, which compares wording, if they name none.
 *
 * ```jsonc
 * { "embeddings": { "provider": "openai", "name": "text-embedding-3-small" } }
 * ```
 *
 * @param settings `tenants.settings` as stored.
 * @throws {ModelNotAvailable} If the settings can't be read, or there is no key for the choice.
 */
export function embedderFromSettings(settings: Record<string, unknown>, keys: ModelKeys): Embedder {
  const parsed = embeddingSettings.safeParse(settings);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new ModelNotAvailable(
      null,
      `Cannot choose an embedder: ${issue?.path.map(String).join(".")}: ${issue?.message}`,
    );
  }
  const choice = parsed.data.embeddings;
  if (choice.provider === "offline") return offlineEmbedder();
  const access = choice.provider === "openai"
    ? keys.openai
    : keys.compatible?.find(({ baseUrl }) => plain(baseUrl) === plain(choice.baseUrl));
  if (access === undefined) {
    throw new ModelNotAvailable(
      choice.provider,
      `Cannot choose an embedder of "${choice.provider}": there is no key`,
    );
  }
  const options = { apiKey: access.apiKey, model: choice.name };
  if (choice.provider === "compatible") return compatibleEmbedder({ ...options, baseUrl: choice.baseUrl });
  return openaiEmbedder(access.baseUrl === undefined ? options : { ...options, baseUrl: access.baseUrl });
}

function plain(url: string): string {
  return url.replace(/\/+$/, "");
}
