import { NotFound } from "@app/contracts/mod.ts";
import type { Files } from "@app/conversations/mod.ts";

/** Files in memory, by tenant and path. */
export function memoryFiles(): Files & {
  stored: Map<string, Uint8Array<ArrayBuffer>>;
} {
  const stored = new Map<string, Uint8Array<ArrayBuffer>>();
  return {
    stored,
    read(tenant, path) {
      const bytes = stored.get(`${tenant.schemaName}/${path}`);
      return bytes ? Promise.resolve(bytes) : Promise.reject(new NotFound(`Cannot read file "${path}"`));
    },
    write(tenant, path, { bytes }) {
      return Promise.resolve(
        void stored.set(`${tenant.schemaName}/${path}`, bytes),
      );
    },
  };
}
