/** Files that customers sent, from Meta's side, with the token of the number that got them. */
import { whatsappClient } from "@app/channels/mod.ts";
import type { Database, RemoteFiles } from "@app/conversations/mod.ts";
import { type GraphSettings, readConnection } from "../_shared/open-channels.ts";
import type { SecretKeys } from "../_shared/sealed-secrets.ts";

/** Where Meta keeps files. @see https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media#download-media */
const mediaOrigin = "https://lookaside.fbsbx.com";

/** Fetches from the Graph API; the token goes to Graph and to Meta's own host of files, and nowhere else. */
export function openRemoteFiles(
  database: Database,
  { keys, ...graph }: GraphSettings & { keys: SecretKeys },
): RemoteFiles {
  const allowedOrigins = [mediaOrigin, new URL(graph.graphBaseUrl).origin];
  return {
    async fetch(tenant, configId, { externalId, kind }, maxBytes, signal) {
      const connection = await readConnection(database, keys, graph, tenant, configId);
      const options = { kind, maxBytes, allowedOrigins };
      return await whatsappClient(connection).fetchMedia(externalId, options, signal);
    },
  };
}
