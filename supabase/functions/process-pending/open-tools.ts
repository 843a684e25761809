/** The tools that a tenant has defined, their secrets opened for the call. */
import { Buffer } from "node:buffer";
import type { Database, ToolSets } from "@app/conversations/mod.ts";
import { z } from "zod";
import { open, type SecretKeys, tenantSecretContext } from "../_shared/sealed-secrets.ts";
import { type HttpToolPorts, httpTools } from "./tools/http-tools.ts";

const bytes = z.string().transform((text) => new Uint8Array(Buffer.from(text, "base64")));

const stored = z.array(z.object({
  name: z.string(),
  description: z.string(),
  parameters: z.record(z.string(), z.unknown()),
  urlTemplate: z.string(),
  method: z.enum(["GET", "POST", "PUT", "PATCH", "DELETE"]),
  timeoutMs: z.number(),
  retries: z.number(),
  secretHeaders: z.array(z.string()),
  sealed: z.array(
    z.object({
      name: z.string(),
      keyId: z.string(),
      nonce: bytes,
      ciphertext: bytes,
    }),
  ),
}));

/** Reads tools with every turn that may use them: a tool that was changed or taken away counts at once. */
export function openTools(
  database: Pick<Database, "callAsTenant">,
  secretKeys: SecretKeys,
  ports: HttpToolPorts,
): ToolSets {
  return {
    async toolsFor(tenant) {
      const rows = stored.parse(
        await database.callAsTenant(
          tenant,
          (call) => call`engine.list_tools()`,
        ),
      );
      const tools = rows.flatMap(({ sealed, secretHeaders, ...tool }) => {
        // Without its secret a call could only be refused by the service.
        if (sealed.length < secretHeaders.length) return [];
        const opened = sealed.map(({ name, ...secret }) => [
          name.slice(name.lastIndexOf("/") + 1),
          open(secret, secretKeys, tenantSecretContext(tenant.id, name)),
        ]);
        return [{ ...tool, secretHeaders: Object.fromEntries(opened) }];
      });
      return httpTools(tools, ports);
    },
  };
}
