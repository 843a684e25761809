/**
 * Supabase's API for one project, as far as a deploy and the real CLI call it. It refuses what the real one refuses, keeps
 * what it was sent, and serves what was uploaded to it. Shapes: https://api.supabase.com/api/v1
 */
import { createHash, randomBytes } from "node:crypto";
import { z } from "zod";
import { freePort } from "@app/local-supabase/testing.ts";
import { keepUpload, type UploadedFunction } from "./keep-upload.ts";
import { type ServedFunction, serveUploaded } from "./serve-uploaded.ts";

/** The project as it stands. */
interface StubProject {
  secrets: Map<string, string>;
  apiKeys: { name: string; type: string; api_key: string }[];
  exposed: string;
  siteUrl: string;
  functions: Map<string, UploadedFunction>;
  /** What was asked, as `POST /secrets`, oldest first. */
  calls: string[];
}

/** A running stub. */
export interface ManagementStub {
  url: string;
  project: StubProject;
  /** Ends the functions that it serves, too. */
  stop(): Promise<void>;
}

const newSecrets = z.array(z.strictObject({
  name: z.string().regex(/^(?!SUPABASE_)\w{1,256}$/),
  value: z.string().max(49_152),
}));
const newKey = z.object({
  type: z.literal("secret"),
  name: z.string().min(4).max(64).regex(/^[a-z_][a-z0-9_]+$/),
  secret_jwt_template: z.record(z.string(), z.unknown()),
});

/**
 * Starts the stub.
 *
 * @param options `ref` and `token` that it accepts, `folder` for what is uploaded, `databaseUrl` as the functions get it.
 */
export function startManagementStub(
  options: { ref: string; token: string; folder: string; databaseUrl: string },
): ManagementStub {
  const project: StubProject = {
    secrets: new Map(),
    apiKeys: [{ name: "default", type: "secret", api_key: "sb_secret_default" }],
    exposed: "public,graphql_public",
    siteUrl: "http://localhost:3000",
    functions: new Map(),
    calls: [],
  };
  const port = freePort();
  const url = `http://127.0.0.1:${port}`;
  const served = new Map<string, Promise<ServedFunction>>();

  async function answer(request: Request, path: string): Promise<Response> {
    switch (`${request.method} ${path}`) {
      case "GET ":
        return Response.json(described(options.ref));
      case "GET /secrets":
        return Response.json(
          [...project.secrets].map(([name, value]) => ({ name, value: sha256(value) })),
        );
      case "POST /secrets":
        for (const { name, value } of newSecrets.parse(await request.json())) {
          project.secrets.set(name, value);
        }
        return new Response(null, { status: 201 });
      case "GET /api-keys":
        return Response.json(project.apiKeys.map((key, id) => ({ id: String(id), ...key })));
      case "POST /api-keys": {
        const { name, type } = newKey.parse(await request.json());
        const made = { name, type, api_key: `sb_secret_${randomBytes(12).toString("hex")}` };
        project.apiKeys.push(made);
        return Response.json(made, { status: 201 });
      }
      case "GET /postgrest":
        return Response.json({ db_schema: project.exposed, max_rows: 1000, db_extra_search_path: "public" });
      case "PATCH /postgrest":
        project.exposed = z.object({ db_schema: z.string() }).parse(await request.json()).db_schema;
        return Response.json({ db_schema: project.exposed });
      case "GET /config/auth":
        return Response.json({ site_url: project.siteUrl });
      case "PATCH /config/auth":
        project.siteUrl = z.object({ site_url: z.url() }).parse(await request.json()).site_url;
        return Response.json({ site_url: project.siteUrl });
      case "GET /functions":
        return Response.json([...project.functions.values()].map(({ slug }) => ({ slug, name: slug })));
      case "PUT /functions":
        return Response.json({ functions: await request.json() });
      case "POST /functions/deploy": {
        const uploaded = await keepUpload(request, options.folder);
        project.functions.set(uploaded.slug, uploaded);
        return Response.json(accepted(uploaded), { status: 201 });
      }
      default:
        return Response.json({ message: "Not Found" }, { status: 404 });
    }
  }

  /** `/functions/v1/<name>`: what was uploaded, started when it is first called, as hosted. */
  async function callFunction(request: Request, slug: string): Promise<Response> {
    const uploaded = project.functions.get(slug);
    if (!uploaded) return new Response("Not Found", { status: 404 });
    let running = served.get(slug);
    if (!running) {
      const keys = Object.fromEntries(project.apiKeys.map(({ name, api_key }) => [name, api_key]));
      running = serveUploaded(uploaded, {
        ...Object.fromEntries(project.secrets),
        SUPABASE_URL: url,
        SUPABASE_DB_URL: options.databaseUrl,
        SUPABASE_SECRET_KEYS: JSON.stringify(keys),
      });
      served.set(slug, running);
    }
    return await (await running).call(request);
  }

  const end = new AbortController();
  Deno.serve(
    { port, hostname: "127.0.0.1", signal: end.signal, onListen() {} },
    async (request) => {
      const { pathname } = new URL(request.url);
      const [, slug] = /^\/functions\/v1\/([\w-]+)/.exec(pathname) ?? [];
      if (slug) return await callFunction(request, slug);
      const path = pathname.replace(`/v1/projects/${options.ref}`, "");
      if (path === pathname) return Response.json({ message: "Project not found" }, { status: 404 });
      if (request.headers.get("authorization") !== `Bearer ${options.token}`) {
        return Response.json({ message: "Unauthorized" }, { status: 401 });
      }
      project.calls.push(`${request.method} ${path}`);
      try {
        return await answer(request, path);
      } catch (error) {
        if (!(error instanceof z.ZodError)) throw error;
        return Response.json({ message: error.message }, { status: 400 });
      }
    },
  );

  return {
    url,
    project,
    async stop() {
      for (const running of served.values()) await (await running).stop();
      // Not waited for: it would wait for connections that clients keep open.
      end.abort();
    },
  };
}

function described(ref: string) {
  return {
    id: ref,
    ref,
    organization_id: "acme",
    organization_slug: "acme",
    name: "Sales",
    region: "eu-central-1",
    created_at: "2026-01-01T00:00:00Z",
    status: "ACTIVE_HEALTHY",
    database: { host: "127.0.0.1", version: "17", postgres_engine: "17", release_channel: "ga" },
  };
}

function accepted({ slug, verifyJwt }: UploadedFunction) {
  return {
    id: slug,
    slug,
    name: slug,
    status: "ACTIVE",
    version: 1,
    created_at: 1,
    updated_at: 1,
    verify_jwt: verifyJwt,
  };
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
