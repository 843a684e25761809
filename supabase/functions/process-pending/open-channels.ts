/** From a tenant's number to a client that can send from it. */
import { toGraphMessage, type WhatsappClient, whatsappClient } from "@app/channels/mod.ts";
import { NotFound } from "@app/contracts/mod.ts";
import type { Channel, Channels, Database, OutgoingMessage, Tenant } from "@app/conversations/mod.ts";
import { z } from "zod";
import { channelSecretContext, open, type SecretKeys } from "../_shared/sealed-secrets.ts";

/** Where the Graph API is. */
export interface GraphSettings {
  graphBaseUrl: string;
  graphVersion: string;
}

/** How long a token is remembered in an isolate; one that was changed is used within this time. */
const memoryMs = 30_000;

const bytes = z.instanceof(Uint8Array);
const channelRow = z.object({
  channelId: z.string(),
  keyId: z.string(),
  nonce: bytes,
  ciphertext: bytes,
});

/** Opens WhatsApp numbers with the tokens that their tenants have stored. */
export function openChannels(
  database: Database,
  keys: SecretKeys,
  graph: GraphSettings,
  now = () => performance.now(),
): Channels {
  const remembered = new Map<
    string,
    { at: number; channel: Promise<Channel> }
  >();

  async function load(tenant: Tenant, configId: string): Promise<Channel> {
    const [row] = await database.withTenant(
      tenant,
      (sql) =>
        sql`select f.channel_id as "channelId", s.key_id as "keyId", s.nonce, s.ciphertext
        from public.client_configs f join private.channel_secrets s on s.config_id = f.id
        where f.id = ${configId}::uuid and f.channel_type = 'whatsapp' and s.name = 'access_token'`,
    );
    if (!row) {
      throw new NotFound(
        `Cannot open channel "${configId}": it has no access token`,
      );
    }
    const { channelId, ...sealed } = channelRow.parse(row);
    return whatsapp(whatsappClient({
      baseUrl: graph.graphBaseUrl,
      version: graph.graphVersion,
      phoneNumberId: channelId,
      accessToken: open(
        sealed,
        keys,
        channelSecretContext(configId, "access_token"),
      ),
      fetch,
    }));
  }

  return {
    open(tenant, configId) {
      const found = remembered.get(configId);
      if (found && now() - found.at <= memoryMs) return found.channel;
      const channel = load(tenant, configId);
      remembered.set(configId, { at: now(), channel });
      channel.catch(() => remembered.delete(configId));
      return channel;
    },
  };
}

function whatsapp(client: WhatsappClient): Channel {
  return {
    send: (message, signal) => client.send(write(message), signal),
    showTyping: (externalId, signal) => client.markRead(externalId, { typing: true }, signal),
  };
}

/** Meta takes a phone or a user id; the phone reaches people of every app version. */
function write({ id, content, identities, replyTo }: OutgoingMessage) {
  const to = identities.find(({ kind }) => kind === "phone") ?? identities[0];
  if (!to) {
    throw new NotFound(`Cannot send message "${id}": nobody to send it to`);
  }
  return toGraphMessage(content, to, {
    callbackData: id,
    ...(replyTo !== undefined && { replyTo }),
  });
}
