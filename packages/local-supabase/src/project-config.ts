import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "smol-toml";
import { z } from "zod";
import { CannotStart } from "./cannot-start.ts";

/** What the platform takes from `supabase/config.toml`; the defaults are Supabase's. */
const schema = z.object({
  api: z.object({
    schemas: z.array(z.string()).default(["public"]),
    max_rows: z.number().int().default(1000),
  }).prefault({}),
  auth: z.object({
    enable_signup: z.boolean().default(true),
    minimum_password_length: z.number().int().default(6),
    jwt_expiry: z.number().int().default(3600),
  }).prefault({}),
});

/** The project's settings, the same as hosted. */
export type ProjectConfig = z.infer<typeof schema>;

/** @throws {CannotStart} When the file is not TOML, or a setting has a wrong type. */
export async function readProjectConfig(root: string): Promise<ProjectConfig> {
  try {
    return schema.parse(parse(await readFile(join(root, "supabase/config.toml"), "utf8")));
  } catch (cause) {
    const reason = cause instanceof z.ZodError
      ? cause.issues.map((issue) => `${issue.path.join(".")} (${issue.message})`).join(", ")
      : cause instanceof Error
      ? cause.message.split("\n")[0]
      : String(cause);
    throw new CannotStart(`Cannot read supabase/config.toml: ${reason}`, { cause });
  }
}
