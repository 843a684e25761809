import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import postgres from "postgres";
import { freePort } from "./free-port.ts";
import type { Platform } from "./platform.ts";

const repository = fileURLToPath(new URL("../../../", import.meta.url));
const options = { sanitizeOps: false, sanitizeResources: false };

const echo = `
export default {
  async fetch(request) {
    const { pathname } = new URL(request.url);
    if (pathname.endsWith("/crash")) Deno.exit(3);
    if (pathname.endsWith("/later")) {
      EdgeRuntime.waitUntil((async () => {
        await new Promise((go) => setTimeout(go, 300));
        await Deno.writeTextFile(Deno.env.get("MARK"), "finished");
      })());
      return new Response(null, { status: 202 });
    }
    return Response.json({ version: 1, pathname, body: await request.text(), names: Object.keys(Deno.env.toObject()) });
  },
};`;

/** A small project in a folder of its own. */
async function makeProject(files: Record<string, string> = {}): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), "local-project-"));
  const all: Record<string, string> = {
    "deno.json": '{ "nodeModulesDir": "manual" }',
    "supabase/config.toml": '[api]\nschemas = ["api"]\n[functions.echo]\nverify_jwt = false\n',
    "supabase/migrations/20260101000000_make_api.sql":
      "create schema api;\ngrant usage on schema api to anon;\ncreate table api.things (id int);\n",
    "supabase/functions/echo/index.ts": echo,
    "supabase/functions/guarded/index.ts": echo,
    "supabase/functions/broken/index.ts": "export const nothing = 1;\nthrow new Error('on purpose');",
    ...files,
  };
  for (const [name, text] of Object.entries(all)) {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), text);
  }
  await symlink(join(repository, "node_modules"), join(root, "node_modules"));
  return root;
}

/** Runs the platform as a person does, on free ports, and waits until it is up or has ended. */
async function runPlatform(root: string, environment: Record<string, string> = {}) {
  const ports = { API_PORT: String(freePort()), DATABASE_PORT: String(freePort()) };
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "--quiet", join(repository, "packages/local-supabase/main.ts")],
    cwd: root,
    env: { ...ports, SWEEP_SECONDS: "60", MARK: join(root, "mark"), ...environment },
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  let output = "";
  const reading = [child.stdout, child.stderr].map(async (stream) => {
    for await (const text of stream.pipeThrough(new TextDecoderStream())) output += text;
  });
  const ended = Promise.all([child.status, ...reading]).then(([status]) => status.code);
  const isUp = (async () => {
    while (!output.includes("The platform is up")) await new Promise((go) => setTimeout(go, 20));
  })();
  await Promise.race([isUp, ended]);
  return {
    pid: child.pid,
    ended,
    text: () => output,
    apiUrl: `http://127.0.0.1:${ports.API_PORT}`,
    async stop() {
      child.kill("SIGTERM");
      return await ended;
    },
  };
}

Deno.test("startPlatform() serves functions, and tells what it is while it is up", options, async () => {
  const root = await makeProject();
  const platform = await runPlatform(root);
  const status: Platform["status"] = JSON.parse(await readFile(join(root, ".local/status.json"), "utf8"));
  const answer = await fetch(`${platform.apiUrl}/functions/v1/echo/a/b?c=d`, {
    method: "POST",
    body: "¡hola!",
  });
  const seen = await answer.json();
  const statusOf = async (path: string, headers: Record<string, string> = {}) => {
    const response = await fetch(platform.apiUrl + path, { headers });
    await response.body?.cancel();
    return response.status;
  };
  assert.deepEqual([seen.pathname, seen.body], ["/echo/a/b", "¡hola!"]);
  for (
    const name of ["SUPABASE_URL", "SUPABASE_DB_URL", "SUPABASE_SECRET_KEYS", "SUPABASE_PUBLISHABLE_KEYS"]
  ) {
    assert.ok(seen.names.includes(name), name);
  }
  assert.equal(await statusOf("/functions/v1/guarded"), 401);
  assert.equal(await statusOf("/functions/v1/guarded", { authorization: "Bearer forged" }), 401);
  assert.equal(await statusOf("/functions/v1/guarded", { apikey: status.publishable_key }), 200);
  assert.equal(await statusOf("/functions/v1/broken"), 503);
  assert.equal(await statusOf("/functions/v1/unknown"), 404);
  assert.equal(await statusOf("/elsewhere"), 404);
  assert.match(platform.text(), /Cannot serve function "broken": on purpose/);
  assert.equal((await stat(join(root, ".local/keys.json"))).mode & 0o777, 0o600);

  const sql = postgres(status.db_url, { max: 1, onnotice: () => {} });
  const [owner] = await sql`select rolsuper from pg_roles where rolname = current_user`;
  await sql.end();
  assert.equal(owner?.rolsuper, false);

  assert.equal(await platform.stop(), 0);
  assert.equal(existsSync(join(root, ".local/status.json")), false);

  const again = await runPlatform(root);
  const second: Platform["status"] = JSON.parse(await readFile(join(root, ".local/status.json"), "utf8"));
  assert.equal(second.jwt_secret, status.jwt_secret);
  assert.doesNotMatch(again.text(), /Applied/);
  await again.stop();
  await rm(root, { recursive: true });
});

Deno.test(
  "startPlatform() goes on when the functions crash or change, and finishes background work",
  options,
  async () => {
    const root = await makeProject();
    const platform = await runPlatform(root);
    const echoUrl = `${platform.apiUrl}/functions/v1/echo`;
    await fetch(`${echoUrl}/crash`).then((response) => response.body?.cancel());
    const after = await fetch(echoUrl);
    assert.equal(after.status, 200);
    await after.body?.cancel();

    await writeFile(join(root, "supabase/functions/echo/index.ts"), echo.replace("version: 1", "version: 2"));
    let version = 1;
    for (let tries = 0; version === 1 && tries < 200; tries++) {
      await new Promise((go) => setTimeout(go, 50));
      ({ version } = await (await fetch(echoUrl)).json());
    }
    assert.equal(version, 2);

    await fetch(`${echoUrl}/later`, { method: "POST" });
    await platform.stop();
    assert.equal(await readFile(join(root, "mark"), "utf8"), "finished");
    await rm(root, { recursive: true });
  },
);

Deno.test(
  "startPlatform() ends with one clear sentence when a migration is broken, and keeps nothing of it",
  options,
  async () => {
    const root = await makeProject({
      "supabase/migrations/20260102000000_break.sql":
        "create table api.half (id int);\n\nselect nonsense from api.half;\n",
    });
    const platform = await runPlatform(root);
    assert.equal(await platform.ended, 1);
    assert.match(
      lastLine(platform.text()),
      /^Cannot apply 20260102000000_break.sql:3: column "nonsense" does not exist$/,
    );
    assert.doesNotMatch(platform.text(), /\n\s+at /);
    await writeFile(
      join(root, "supabase/migrations/20260102000000_break.sql"),
      "create table api.half (id int);\n",
    );
    const mended = await runPlatform(root);
    assert.match(mended.text(), /Applied 20260102000000_break.sql/);
    await mended.stop();
    await rm(root, { recursive: true });
  },
);

Deno.test("startPlatform() ends with one clear sentence for what a person can mend", options, async () => {
  const root = await makeProject();
  const taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const port = String(taken.addr.port);
  const sayings: [Record<string, string>, RegExp][] = [
    [
      { API_PORT: port },
      new RegExp(`^Cannot start: port ${port} is taken; stop what uses it, or set API_PORT$`),
    ],
    [{ DATABASE_PORT: port }, new RegExp(`^Cannot start the database: port ${port} is taken`)],
    [
      { API_PORT: "many", SWEEP_SECONDS: "0" },
      /^Cannot start, settings in .env are wrong: API_PORT .*SWEEP_SECONDS/,
    ],
    [
      { DATABASE_URL: "postgresql://u:secret@127.0.0.1:1/x" },
      /^Cannot reach the database of DATABASE_URL: (?!.*secret)/,
    ],
  ];
  for (const [environment, saying] of sayings) {
    const platform = await runPlatform(root, environment);
    assert.equal(await platform.ended, 1);
    assert.match(lastLine(platform.text()), saying);
  }
  taken.close();
  await mkdir(join(root, ".local"), { recursive: true });
  await writeFile(join(root, ".local/platform.pid"), String(process.pid));
  const second = await runPlatform(root);
  assert.match(lastLine(second.text()), /^Cannot start: process \d+ already runs the platform/);
  await rm(root, { recursive: true });
});

function lastLine(text: string): string {
  return text.trim().split("\n").at(-1) ?? "";
}
