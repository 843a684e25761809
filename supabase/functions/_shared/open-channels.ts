/** From a tenant's number to a client that can send from it. */
import {
  type GraphConnection,
  toGraphMessage,
  type WhatsappClient,
  whatsappClient,
} from "@app/channels/mod.ts";
import { contactIdentity, NotFound } from "@app/contracts/mod.ts";
import type { Channel, Channels, Database, OutgoingMessage, Tenant } from "@app/conversations/mod.ts";
import { z } from "zod";
import { channelSecretContext, open, type SecretKeys } from "./sealed-secrets.ts";

/** Where the Graph API is. */
export interface GraphSettings {
  graphBaseUrl: string;
  graphVersion: string;
}

/** How long a token is remembered in an isolate; one that was changed is used within this time. */
const memoryMs = 30_000;

/** Meta keeps an upload for 30 days; a day less, since its clock is not ours. */
const uploadGoodForSeconds = 29 * 24 * 3600;

const bytes = z.instanceof(Uint8Array);
const channelRow = z.object({
  channelId: z.string(),
  keyId: z.string(),
  nonce: bytes,
  ciphertext: bytes,
});

/**
 * Reads a number's connection.
 *
 * @throws {NotFound} If it has no token, or is not the tenant's.
 */
export async function readConnection(
  database: Database,
  keys: SecretKeys,
  graph: GraphSettings,
  tenant: Tenant,
  configId: string,
): Promise<GraphConnection> {
  const [row] = await database.withTenant(
    tenant,
    (sql) =>
      sql`select f.channel_id as "channelId", s.key_id as "keyId", s.nonce, s.ciphertext
      from public.client_configs f join private.channel_secrets s on s.config_id = f.id
      where f.id = ${configId}::uuid and f.channel_type = 'whatsapp' and s.name = 'access_token'`,
  );
  if (!row) throw new NotFound(`Cannot open channel "${configId}": it has no access token`);
  const { channelId, ...sealed } = channelRow.parse(row);
  return {
    baseUrl: graph.graphBaseUrl,
    version: graph.graphVersion,
    phoneNumberId: channelId,
    accessToken: open(sealed, keys, channelSecretContext(configId, "access_token")),
    fetch,
  };
}

/** Opens WhatsApp numbers with the tokens that their tenants have stored. */
export function openChannels(
  database: Database,
  keys: SecretKeys,
  graph: GraphSettings,
  now = () => performance.now(),
): Channels {
  const remembered = new Map<string, { at: number; connection: Promise<GraphConnection> }>();

  function connect(tenant: Tenant, configId: string): Promise<GraphConnection> {
    const found = remembered.get(configId);
    if (found && now() - found.at <= memoryMs) return found.connection;
    const connection = readConnection(database, keys, graph, tenant, configId);
    remembered.set(configId, { at: now(), connection });
    connection.catch(() => remembered.delete(configId));
    return connection;
  }

  return {
    async open(tenant, configId) {
      const connection = await connect(tenant, configId);
      return whatsapp(whatsappClient(connection), async () => {
        remembered.delete(configId);
        return (await connect(tenant, configId)).accessToken !== connection.accessToken;
      });
    },
  };
}

/** @param hasNewToken Whether the token that was used has been replaced meanwhile. */
function whatsapp(client: WhatsappClient, hasNewToken: () => Promise<boolean>): Channel {
  return {
    async send(message, signal) {
      const outcome = await client.send(write(message), signal);
      const isStopped = outcome.kind === "refused" && outcome.action === "stop_channel";
      // What was said of the old token does not stop the new one.
      if (!isStopped || !await hasNewToken().catch(() => false)) return outcome;
      return { kind: "refused", code: outcome.code, action: "retry", title: outcome.title };
    },
    async uploadFile(file, signal) {
      return { externalId: await client.uploadMedia(file, signal), goodForSeconds: uploadGoodForSeconds };
    },
    showTyping: (externalId, signal) => client.markRead(externalId, { typing: true }, signal),
  };
}

/** Meta takes a phone or a user id; the phone reaches people of every app version. */
function write({ id, content, identities, replyTo }: OutgoingMessage) {
  const to = identities.find(({ kind }) => kind === "phone") ?? identities[0];
  return toGraphMessage(content, contactIdentity.parse(to), {
    callbackData: id,
    ...(replyTo !== undefined && { replyTo }),
  });
}
