import type { Expectation } from "../probing/compare.ts";

/**
 * What an actor may do with the files of a bucket that tenant a has: s(elect: list, download, sign) i(nsert: upload)
 * u(pdate: overwrite, move) d(elete). `client-<slug>` stands for each tenant's own.
 */
export const buckets: Record<string, Expectation> = {
  // Uploads are tried below `outbound/`, the only place where there may be any.
  "client-<slug>": { "agent of a": "si", "admin of a": "si", "owner of a": "si" },
};
