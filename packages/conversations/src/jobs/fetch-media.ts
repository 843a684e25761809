import { createHash } from "node:crypto";
import { InvalidInput, NotFound, TooLarge } from "@app/contracts/mod.ts";
import { z } from "zod";
import type { Files } from "../files.ts";
import type { Database, Tenant } from "../ports.ts";
import { createGate } from "../turns/create-gate.ts";
import { defineJob, type Job } from "./job.ts";

/** What a customer's file is, as its message says. */
export type RemoteKind = "image" | "audio" | "video" | "document" | "sticker";

/** A file that was fetched and proven to be what it is called. */
export interface FetchedFile {
  bytes: Uint8Array<ArrayBuffer>;
  /** By its own bytes. */
  mimeType: string;
}

/** Fetches files that customers sent, from the provider's side. */
export interface RemoteFiles {
  /**
   * @throws {NotFound} When the provider does not keep it any more.
   * @throws {TooLarge} When it has more than `maxBytes`.
   * @throws {InvalidInput} When it is not what it is called.
   * @throws {Unavailable} When there is no answer, or only a part of it.
   */
  fetch(
    tenant: Tenant,
    configId: string,
    file: { externalId: string; kind: RemoteKind },
    maxBytes: number,
    signal: AbortSignal,
  ): Promise<FetchedFile>;
}

/** What the job needs. */
export interface FetchMediaPorts {
  database: Database;
  files: Files;
  remote: RemoteFiles;
}

/** Larger files stay with the provider: it is what Storage takes at most unless a project pays for more. */
export const mostStoredBytes = 50 * 1024 * 1024;

const payload = z.object({
  mediaId: z.uuid(),
  configId: z.uuid(),
  kind: z.enum(["image", "audio", "video", "document", "sticker"]).catch("document"),
});
const remoteMedia = z.object({
  external_id: z.string(),
  is_expired: z.boolean(),
}).nullable();

/** Files that are in memory at a time: an isolate has 256 MB, and a file is there twice while it is put together. */
const mostAtOnce = 2;

/** Why a file is given up. */
type Failure = "expired" | "too_large" | "not_what_it_says";

/**
 * Fetches a file that a customer sent and puts it into the tenant's bucket, under the id of its row. What can pass is
 * thrown, so that the job runs again; what cannot is written down with the row.
 */
export function fetchMedia({ database, files, remote }: FetchMediaPorts): Job {
  const gate = createGate(mostAtOnce);
  return defineJob("fetch_media", payload, async ({ mediaId, configId, kind }, { tenant, signal }) => {
    if (!tenant) throw new InvalidInput(`Cannot fetch media "${mediaId}": the job is of no tenant`);
    const keep = (outcome: Record<string, string | number>) =>
      database.callAsTenant(
        tenant,
        (call) => call`engine.keep_media(${mediaId}::uuid, ${call.json(outcome)})`,
      );
    const known = remoteMedia.parse(
      await database.callAsTenant(tenant, (call) => call`engine.find_remote_media(${mediaId}::uuid)`),
    );
    if (known === null) return;
    if (known.is_expired) return void await keep({ status: "failed", failure: "expired" });
    try {
      const wanted = { externalId: known.external_id, kind };
      await gate.run("patient", async () => {
        signal.throwIfAborted();
        const { bytes, mimeType } = await remote.fetch(tenant, configId, wanted, mostStoredBytes, signal);
        const path = `inbound/${mediaId}`;
        await files.write(tenant, path, { bytes, mimeType }, signal);
        await keep({
          status: "stored",
          path,
          mime_type: mimeType,
          size: bytes.length,
          sha256: createHash("sha256").update(bytes).digest("hex"),
        });
      });
    } catch (error) {
      const failure = failureOf(error);
      if (failure === undefined) throw error;
      await keep({ status: "failed", failure });
    }
  });
}

function failureOf(error: unknown): Failure | undefined {
  if (error instanceof NotFound) return "expired";
  if (error instanceof TooLarge) return "too_large";
  if (error instanceof InvalidInput) return "not_what_it_says";
}
