import type { Tenant } from "./ports.ts";

/** The files of tenants, each in a bucket of its own. */
export interface Files {
  /**
   * Reads a whole file.
   *
   * @param path Inside the tenant's bucket.
   * @throws {NotFound} When it is not there.
   * @throws {TooLarge} When it has more than `maxBytes`.
   * @throws {Unavailable} When there is no answer.
   */
  read(tenant: Tenant, path: string, maxBytes: number, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>>;
  /**
   * Writes a file, in place of one that is there.
   *
   * @throws {TooLarge} When the storage takes no file of this size.
   * @throws {Unavailable} When it does not confirm.
   */
  write(
    tenant: Tenant,
    path: string,
    file: { bytes: Uint8Array<ArrayBuffer>; mimeType: string },
    signal: AbortSignal,
  ): Promise<void>;
}
