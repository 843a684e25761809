/** What functions for people do first: who calls, what for, and whether they act for the tenant that they name. */
import { Forbidden, InvalidInput } from "@app/contracts/mod.ts";
import type { Database, MemberClaims, Tenant } from "@app/conversations/mod.ts";
import { z } from "zod";
import { authenticateMember } from "./authenticate.ts";
import type { Config } from "./config.ts";
import { readBody } from "./serve-body.ts";

/** What it needs. */
export interface MemberPorts {
  database: Pick<Database, "callAsMember" | "withMember" | "withRouter">;
  settings: Pick<Config, "jwks" | "secrets">;
}

/** A call of a person, checked. */
export interface MemberCall<Input> {
  claims: MemberClaims;
  tenant: Tenant;
  role: "owner" | "admin" | "agent";
  input: Input;
}

/** People send some ids and a key; a function that takes more says so. */
const bodyLimitBytes = 64_000;

const membership = z.enum(["owner", "admin", "agent"]);

/**
 * Reads a call with a JSON body that names its tenant.
 *
 * @throws {Unauthorized} Without a valid token of a signed-in person.
 * @throws {InvalidInput} When the body is not what `shape` says; values are not repeated.
 * @throws {Forbidden} When the person does not act for the tenant, or it does not exist: nobody learns which.
 */
export async function readMemberCall<Input extends { tenant_id: string }>(
  request: Request,
  shape: z.ZodType<Input>,
  { database, settings }: MemberPorts,
  limitBytes = bodyLimitBytes,
): Promise<MemberCall<Input>> {
  const claims = await authenticateMember(request, settings);
  const input = parse(await readBody(request, limitBytes), shape);
  const id = input.tenant_id;
  // The same door as that of `api`, so that a refusal is noted in the same place.
  const role = membership.parse(
    await database.callAsMember(claims, (call) => call`private.role_on_entry(${id}::uuid)`),
  );
  const [row] = await database.withRouter((sql) =>
    sql<{ schemaName: string }>`
      select schema_name as "schemaName" from public.tenants where id = ${id}::uuid and status <> 'dropping'`
  );
  if (!row) throw new Forbidden(`Cannot enter tenant "${id}": it is being removed`);
  const tenant = { id, schemaName: row.schemaName };
  return { claims, tenant, role, input };
}

function parse<Input>(body: Uint8Array, shape: z.ZodType<Input>): Input {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(body));
  } catch (cause) {
    throw new InvalidInput("Cannot read the body: it is no JSON", { cause });
  }
  const result = shape.safeParse(value);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  throw new InvalidInput(`Cannot read the body: ${problems.slice(0, 5).join("; ")}`);
}

/** @throws {Forbidden} Unless the caller is owner or admin. */
export function requireAdministrator({ role, tenant }: MemberCall<unknown>, act: string): void {
  if (role === "agent") {
    throw new Forbidden(`Cannot ${act} of tenant "${tenant.id}": only an owner or admin may`);
  }
}
