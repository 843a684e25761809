import { SignJWT } from "jose";
import { type Platform, startPlatform } from "@app/local-supabase/mod.ts";
import { freePort } from "@app/local-supabase/testing.ts";
import { type SignedRequest, textRequest } from "../../stage/requests.ts";
import { setStage, type Stage } from "../../stage/stage.ts";
import { sqlUserAdmin } from "../../tenant/user-admin.ts";

/** How many there are. */
export interface PartySize {
  tenants: number;
  /** Of each tenant. */
  agents: number;
  /** Messages a second to each tenant. */
  rate: number;
}

/** An agent who listens to the inbox and to one conversation. */
interface PartyAgent {
  tenantId: string;
  sessionId: string;
  /** A login that lasts longer than any run. */
  token: string;
  /** Loses the network in the middle. */
  isOffline: boolean;
}

/** A stage with the whole platform on it, and people who listen. */
export interface Party {
  size: PartySize;
  stage: Stage;
  platform: Platform;
  agents: PartyAgent[];
  webhookUrl: string;
  /** A message to a tenant, by running number, from one of the customers whose conversations are looked at. */
  request(number: number): SignedRequest;
  stop(): Promise<void>;
}

/** Sets it: each tenant has one conversation for each of its agents, held by a person so that no bot answers. */
export async function setParty(size: PartySize): Promise<Party> {
  const stage = await setStage({
    tenants: size.tenants,
    debounce: { ms: 120_000, maxMs: 120_000 },
    databaseSettings: ["wal_level = logical"],
  });
  const folder = await Deno.makeTempDir({ prefix: "bench-realtime-" });
  const platform = await startPlatform({
    folder,
    environment: {
      ...Deno.env.toObject(),
      ...stage.environment,
      DATABASE_URL: stage.database.adminUrl,
      API_PORT: String(freePort()),
      SWEEP_SECONDS: "60",
    },
    isWatching: false,
    say: () => {},
  });
  const customers = size.agents;
  const party: Party = {
    size,
    stage,
    platform,
    agents: [],
    webhookUrl: `${platform.apiUrl}/functions/v1/webhook-whatsapp`,
    request(number) {
      const tenant = stage.tenants[number % size.tenants];
      if (!tenant) throw new Error("Cannot write to a tenant: the stage has none");
      const turn = Math.floor(number / size.tenants);
      return textRequest(tenant, number % size.tenants * 1000 + turn % customers, `message ${number}`);
    },
    async stop() {
      await platform.stop();
      await stage.stop();
      await Deno.remove(folder, { recursive: true });
    },
  };
  try {
    await openConversations(party);
    party.agents = await hireAgents(party);
    return party;
  } catch (error) {
    await party.stop();
    throw error;
  }
}

/** Every customer writes once. */
async function openConversations({ size, stage, webhookUrl, request }: Party): Promise<void> {
  for (let number = 0; number < size.tenants * size.agents; number++) {
    const response = await fetch(webhookUrl, { method: "POST", ...request(number) });
    await response.body?.cancel();
    if (response.status !== 200) {
      throw new Error(`Cannot open a conversation: the webhook answered ${response.status}`);
    }
  }
  for (const { schemaName } of stage.tenants) {
    await stage.database.sql`
      update ${stage.database.sql(schemaName)}.sessions set holder = 'human', fence = fence + 1`;
  }
}

async function hireAgents({ size, stage, platform }: Party): Promise<PartyAgent[]> {
  const { sql } = stage.database;
  const secret = new TextEncoder().encode(platform.status.jwt_secret);
  const agents: PartyAgent[] = [];
  for (const tenant of stage.tenants) {
    const sessions = await sql<{ id: string }[]>`select id from ${
      sql(tenant.schemaName)
    }.sessions order by id`;
    for (let index = 0; index < size.agents; index++) {
      const email = `agent${index}@${tenant.schemaName}.test`;
      const user = await sqlUserAdmin(sql).ensureUser(email, "not used here");
      await sql`
        insert into public.tenant_members (tenant_id, user_id, role, display_name)
        values (${tenant.id}, ${user.id}, 'agent', ${`Agent ${index}`})`;
      const token = await new SignJWT({ role: "authenticated", sub: user.id, email })
        .setProtectedHeader({ alg: "HS256" }).setAudience("authenticated").setExpirationTime("2h").sign(
          secret,
        );
      agents.push({
        tenantId: tenant.id,
        sessionId: sessions[index]?.id ?? "",
        token,
        isOffline: index === 0,
      });
    }
  }
  return agents;
}
