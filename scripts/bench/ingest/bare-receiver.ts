/**
 * The least that an honest receiver must do: check the signature, insert one row, commit, answer 200. What our
 * function reaches is given as a share of this, in the same run.
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import process from "node:process";
import postgres from "postgres";
import { z } from "zod";

const config = z.object({
  PORT: z.coerce.number(),
  DATABASE_URL: z.string(),
  DATABASE_POOL_SIZE: z.coerce.number(),
  APP_SECRET: z.string(),
}).parse(process.env);
const sql = postgres(config.DATABASE_URL, { max: config.DATABASE_POOL_SIZE, onnotice: () => {} });
const incoming = z.object({
  entry: z.array(z.object({
    changes: z.array(z.object({ value: z.object({ messages: z.array(z.object({ id: z.string() })) }) })),
  })),
});

Deno.serve({ port: config.PORT, hostname: "127.0.0.1", onListen() {} }, async (request) => {
  const body = new Uint8Array(await request.arrayBuffer());
  const expected = `sha256=${createHmac("sha256", config.APP_SECRET).update(body).digest("hex")}`;
  const given = request.headers.get("x-hub-signature-256") ?? "";
  if (
    given.length !== expected.length ||
    !timingSafeEqual(new TextEncoder().encode(given), new TextEncoder().encode(expected))
  ) {
    return new Response(null, { status: 401 });
  }
  const text = new TextDecoder().decode(body);
  const id = incoming.parse(JSON.parse(text)).entry[0]?.changes[0]?.value.messages[0]?.id ?? "";
  await sql`insert into bare_messages (id, body) values (${id}, ${text}) on conflict do nothing`;
  return new Response(null, { status: 200 });
});
