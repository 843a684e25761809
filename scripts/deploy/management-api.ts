import { z } from "zod";

/** Supabase's own API, as far as a deploy asks it. Shapes: https://api.supabase.com/api/v1 */
export interface ManagementApi {
  /** @throws {Error} When the token may not see the project, or it is not running. */
  readProject(): Promise<{ name: string; region: string; status: string }>;
  /** SHA-256 of each secret's value, in hexadecimal, by name. */
  readSecretDigests(): Promise<Map<string, string>>;
  /** Sets secrets of the functions, by name; the others stay. */
  setSecrets(secrets: Record<string, string>): Promise<void>;
  /** The functions that the project has. */
  listFunctions(): Promise<string[]>;
  /** The schemas that the Data API exposes, in order. */
  readExposedSchemas(): Promise<string[]>;
  exposeSchemas(schemas: string[]): Promise<void>;
  /** The value of a secret API key by its name, or nothing. */
  findSecretKey(name: string): Promise<string | undefined>;
  /** Makes a secret API key. @returns Its value. */
  makeSecretKey(name: string): Promise<string>;
  readSiteUrl(): Promise<string>;
  /** Sets where links in mails lead; nobody may sign up without an invitation. */
  setAuth(siteUrl: string): Promise<void>;
}

const project = z.object({ name: z.string(), region: z.string(), status: z.string() });
const secrets = z.array(z.object({ name: z.string(), value: z.string() }));
const functions = z.array(z.object({ slug: z.string() }));
const postgrest = z.object({ db_schema: z.string() });
const apiKey = z.object({
  name: z.string(),
  type: z.string().nullish(),
  api_key: z.string().nullish(),
});
const auth = z.object({ site_url: z.string().nullish() });

/** How long one answer may take. */
const timeoutMs = 30_000;

/** Reaches the API of one project. */
export function managementApi(
  { url, projectRef, accessToken }: { url: string; projectRef: string; accessToken: string },
  send: typeof fetch = fetch,
): ManagementApi {
  async function ask<T>(method: string, path: string, shape: z.ZodType<T>, body?: unknown): Promise<T> {
    const response = await send(`${url}/v1/projects/${projectRef}${path}`, {
      method,
      headers: { authorization: `Bearer ${accessToken}`, "content-type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(timeoutMs),
    }).catch((cause) => {
      throw new Error(`Cannot reach Supabase's API at ${url}: ${messageOf(cause)}`, { cause });
    });
    const text = await response.text();
    if (!response.ok) throw new Error(explain(response.status, method, path, projectRef, text));
    return shape.parse(text === "" ? undefined : JSON.parse(text));
  }

  return {
    readProject: () => ask("GET", "", project),
    async readSecretDigests() {
      return new Map((await ask("GET", "/secrets", secrets)).map(({ name, value }) => [name, value]));
    },
    async setSecrets(values) {
      await ask(
        "POST",
        "/secrets",
        z.unknown(),
        Object.entries(values).map(([name, value]) => ({ name, value })),
      );
    },
    async listFunctions() {
      return (await ask("GET", "/functions", functions)).map(({ slug }) => slug);
    },
    async readExposedSchemas() {
      const { db_schema } = await ask("GET", "/postgrest", postgrest);
      return db_schema.split(",").map((schema) => schema.trim()).filter((schema) => schema !== "");
    },
    async exposeSchemas(schemas) {
      await ask("PATCH", "/postgrest", z.unknown(), { db_schema: schemas.join(",") });
    },
    async findSecretKey(name) {
      const keys = await ask("GET", "/api-keys?reveal=true", z.array(apiKey));
      return keys.find((key) => key.type === "secret" && key.name === name)?.api_key ?? undefined;
    },
    async makeSecretKey(name) {
      const made = await ask("POST", "/api-keys?reveal=true", apiKey, {
        type: "secret",
        name,
        secret_jwt_template: { role: "service_role" },
      });
      if (!made.api_key) throw new Error(`Cannot make secret key "${name}": the API did not tell its value`);
      return made.api_key;
    },
    async readSiteUrl() {
      return (await ask("GET", "/config/auth", auth)).site_url ?? "";
    },
    async setAuth(siteUrl) {
      await ask("PATCH", "/config/auth", z.unknown(), {
        site_url: siteUrl,
        uri_allow_list: `${siteUrl.replace(/\/$/, "")}/**`,
        disable_signup: true,
      });
    },
  };
}

function explain(status: number, method: string, path: string, projectRef: string, text: string): string {
  const what = `${method} ${path || "/"} of project "${projectRef}"`;
  if (status === 401) return "Cannot deploy: the access token is not valid (SUPABASE_ACCESS_TOKEN)";
  if (status === 403) return `Cannot deploy: the access token may not ${what}`;
  if (status === 404) return `Cannot deploy: ${what} is not there; is SUPABASE_PROJECT_REF right?`;
  return `Cannot deploy: ${what} was answered ${status}: ${text.slice(0, 300)}`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
