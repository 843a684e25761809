/** Every setting of the functions, read once. Nothing else reads the environment. */
import { z } from "zod";

const wholeNumber = (least: number, most: number, byDefault: number) =>
  z.coerce.number().int().min(least).max(most).default(byDefault);

const namedKeys = z.string().transform((text, context) => {
  try {
    return z.record(z.string(), z.string().min(1)).parse(JSON.parse(text));
  } catch {
    context.addIssue({
      code: "custom",
      message: 'expected a JSON object of names and keys: {"default":"…"}',
    });
    return z.NEVER;
  }
});

const modelServers = z.string().transform((text, context) => {
  try {
    return z.array(z.object({ baseUrl: z.url(), apiKey: z.string() })).parse(JSON.parse(text));
  } catch {
    context.addIssue({
      code: "custom",
      message: 'expected a JSON list: [{"baseUrl":"https://…","apiKey":"…"}]',
    });
    return z.NEVER;
  }
});

const environment = z.object({
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, "expected postgresql://…").optional(),
  SUPABASE_DB_URL: z.string().regex(/^postgres(ql)?:\/\//, "expected postgresql://…").optional(),
  DATABASE_POOL_SIZE: wholeNumber(1, 50, 2),
  DATABASE_PREPARE: z.enum(["true", "false"]).optional(),
  SUPABASE_URL: z.url().default("http://127.0.0.1:54321"),
  SUPABASE_SECRET_KEYS: namedKeys.default({}),
  SUPABASE_PUBLISHABLE_KEYS: namedKeys.default({}),
  AGENT_APP_URL: z.url().optional(),
  SUPABASE_JWKS: z.string().optional(),
  JWT_SECRET: z.string().min(32).optional(),
  OPENAI_API_KEY: z.string().optional(),
  ANTHROPIC_API_KEY: z.string().optional(),
  GEMINI_API_KEY: z.string().optional(),
  MODEL_SERVERS: modelServers.default([]),
  TOOL_TEST_HOSTS: z.string().default("").transform((text) =>
    text.split(",").map((host) => host.trim()).filter(Boolean)
  ),
  SECRETS_KEYS: z.string().min(1, "expected at least one key"),
  VAPID_PUBLIC_KEY: z.string().regex(/^[\w-]{87}$/, "expected 65 bytes in base64url").optional(),
  VAPID_PRIVATE_KEY: z.string().regex(/^[\w-]{43}$/, "expected 32 bytes in base64url").optional(),
  VAPID_SUBJECT: z.string().regex(/^(mailto:\S+@\S+|https:\/\/\S+)$/, "expected mailto:… or https://…")
    .optional(),
  LEASE_SECONDS: wholeNumber(1, 600, 50),
  SWEEP_SECONDS: wholeNumber(1, 60, 5),
  TURN_DEADLINE_SECONDS: wholeNumber(1, 300, 90),
  SEND_DEADLINE_SECONDS: wholeNumber(1, 60, 15),
  SILENCE_SECONDS: wholeNumber(1, 3_600, 120),
  SUPERSEDE_LIMIT: wholeNumber(0, 10, 2),
  SUPERSEDE_MAX_SECONDS: wholeNumber(1, 600, 45),
  REOPEN_MINUTES: wholeNumber(0, 10_080, 60),
  META_GRAPH_BASE_URL: z.url().default("https://graph.facebook.com"),
  META_GRAPH_VERSION: z.string().regex(/^v\d+\.\d+$/, "expected vNN.N").default("v26.0"),
}).refine((values) => values.DATABASE_URL ?? values.SUPABASE_DB_URL, {
  path: ["DATABASE_URL"],
  message: "set it or SUPABASE_DB_URL",
}).refine(
  (values) =>
    new Set([values.VAPID_PUBLIC_KEY, values.VAPID_PRIVATE_KEY, values.VAPID_SUBJECT].map(Boolean)).size ===
      1,
  { path: ["VAPID_PUBLIC_KEY"], message: "set it, VAPID_PRIVATE_KEY and VAPID_SUBJECT, or none of them" },
);

/**
 * The names of the settings that a deployment chooses. The platform sets those that begin with `SUPABASE_` itself, and
 * `JWT_SECRET` is the local one's.
 */
export const settingNames: string[] = Object.keys(environment.shape).filter((name) =>
  !name.startsWith("SUPABASE_") && name !== "JWT_SECRET"
);

/** What the functions are told by their environment; times in the unit that their name says. */
export interface Config {
  database: {
    /** Connections per isolate. Default 2: hosted isolates are many. */
    poolSize: number;
    /** Named prepared statements; default on, except through a transaction pooler (port 6543), which mixes sessions. */
    prepare: boolean;
  };
  supabaseUrl: string;
  /** The key that apps show; it proves nothing. */
  publishableKey: string;
  /** Where people work, as links in mails name it. Default: the project's address. */
  appUrl: string;
  /** The public keys that sign users' tokens, as JSON; absent locally, where `secrets.jwt` signs. */
  jwks?: string;
  /** How long a claimed session is a worker's own unless it renews. Default 50. */
  leaseSeconds: number;
  /** How often the scheduler looks for due work that nobody was woken for. Default 5. */
  sweepSeconds: number;
  /** After this a turn has failed. Default 90. */
  turnDeadlineSeconds: number;
  /** How long one POST to a provider may take. Default 15. */
  sendDeadlineSeconds: number;
  /** How long an unanswered POST waits for a status before it is sent once more or a person is told. Default 120. */
  silenceSeconds: number;
  /** How often a turn may be superseded before it commits for the messages it read. Default 2. */
  supersedeLimit: number;
  /** The same, in seconds since the first unanswered message. Default 45. */
  supersedeMaxSeconds: number;
  /** A contact who writes within this time after `resolved` gets the old session back. Default 60. */
  reopenMinutes: number;
  /** `host:port` of test servers that tools of tenants may reach by plain HTTP though they are private. Default none. */
  toolTestHosts: string[];
  meta: {
    /** Default https://graph.facebook.com; a simulator has its own. */
    graphBaseUrl: string;
    /** Default v26.0. */
    graphVersion: string;
  };
  secrets: Secrets;
}

/** Kept apart, so that printing the rest gives nothing away. */
interface Secrets {
  databaseUrl: string;
  /** Keys that server-side callers show on `apikey`, by name. */
  secretKeys: Record<string, string>;
  /** Signs users' tokens where there are no public keys. */
  jwt?: string;
  /** The keys that seal stored secrets, newest first; read by `sealed-secrets.ts`. */
  sealing: string;
  /** The providers of language models that tenants may choose; a tenant who chose another one gets a person. */
  models: {
    openai?: string;
    anthropic?: string;
    gemini?: string;
    /** Servers of one's own that speak OpenAI's protocol. Default none. */
    servers: { baseUrl: string; apiKey: string }[];
  };
  /** How push services know the deployment. Absent: nobody is notified on their devices. */
  push?: { keys: { publicKey: string; privateKey: string }; subject: string };
}

/**
 * Turns an environment into settings.
 *
 * @throws {Error} With every problem at once, by name and without any value.
 */
export function readConfig(values: Record<string, string | undefined>): Config {
  const present = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ""));
  const result = environment.safeParse(present);
  if (!result.success) {
    const problems = result.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
    throw new Error(`Cannot start, settings are wrong:\n  ${problems.join("\n  ")}`);
  }
  const env = result.data;
  const databaseUrl = env.DATABASE_URL ?? env.SUPABASE_DB_URL ?? "";
  return {
    database: {
      poolSize: env.DATABASE_POOL_SIZE,
      prepare: env.DATABASE_PREPARE ? env.DATABASE_PREPARE === "true" : !isTransactionPooler(databaseUrl),
    },
    supabaseUrl: env.SUPABASE_URL,
    publishableKey: env.SUPABASE_PUBLISHABLE_KEYS.default ?? "",
    appUrl: env.AGENT_APP_URL ?? env.SUPABASE_URL,
    jwks: env.SUPABASE_JWKS,
    leaseSeconds: env.LEASE_SECONDS,
    sweepSeconds: env.SWEEP_SECONDS,
    turnDeadlineSeconds: env.TURN_DEADLINE_SECONDS,
    sendDeadlineSeconds: env.SEND_DEADLINE_SECONDS,
    silenceSeconds: env.SILENCE_SECONDS,
    supersedeLimit: env.SUPERSEDE_LIMIT,
    supersedeMaxSeconds: env.SUPERSEDE_MAX_SECONDS,
    reopenMinutes: env.REOPEN_MINUTES,
    toolTestHosts: env.TOOL_TEST_HOSTS,
    meta: { graphBaseUrl: env.META_GRAPH_BASE_URL, graphVersion: env.META_GRAPH_VERSION },
    secrets: {
      databaseUrl,
      secretKeys: env.SUPABASE_SECRET_KEYS,
      jwt: env.JWT_SECRET,
      sealing: env.SECRETS_KEYS,
      models: {
        openai: env.OPENAI_API_KEY,
        anthropic: env.ANTHROPIC_API_KEY,
        gemini: env.GEMINI_API_KEY,
        servers: env.MODEL_SERVERS,
      },
      ...pushOf(env),
    },
  };
}

function pushOf(
  { VAPID_PUBLIC_KEY: publicKey, VAPID_PRIVATE_KEY: privateKey, VAPID_SUBJECT: subject }: z.infer<
    typeof environment
  >,
): Pick<Secrets, "push"> {
  return publicKey && privateKey && subject ? { push: { keys: { publicKey, privateKey }, subject } } : {};
}

let read: Config | undefined;

/** The settings of this isolate; see {@linkcode readConfig}. */
export function config(): Config {
  return read ??= readConfig(Deno.env.toObject());
}

/** Supabase's pooler speaks transaction mode on this port, session mode on 5432. */
function isTransactionPooler(url: string): boolean {
  return URL.canParse(url) && new URL(url).port === "6543";
}
