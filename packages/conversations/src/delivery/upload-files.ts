import { NotFound } from "@app/contracts/mod.ts";
import { z } from "zod";
import type { Files } from "../files.ts";
import type { Database, Tenant } from "../ports.ts";
import type { Channel, FileKind } from "../turns/work-ports.ts";

/** A file that goes with a message, and whose number sends it. */
export interface UploadPorts {
  database: Database;
  files: Files;
  tenant: Tenant;
  configId: string;
  channel: Pick<Channel, "uploadFile">;
}

const kinds = z.enum(["image", "audio", "video", "document", "sticker"]);
const stored = z.looseObject({ type: kinds, storedMediaId: z.uuid() });
const headed = z.looseObject({ header: stored });

/** The file that a message names is not in storage: it was erased, or never came. */
export class FileMissing extends Error {
  override name = "FileMissing";
}

/** Largest file that any channel sends, in bytes. */
const mostBytes = 100 * 1024 * 1024;

/**
 * Has the files of a message, of its own or in its header, uploaded to the provider, and names them by the provider's ids.
 * An id is used again until it expires. What holds no file of the tenant's storage comes back as it is.
 *
 * @throws {FileMissing} If the file is not in storage.
 * @throws {InvalidInput} If the channel takes no such file.
 * @throws {Unavailable} If storage or provider do not answer.
 */
export async function uploadFiles(
  content: unknown,
  ports: UploadPorts,
  signal: AbortSignal,
): Promise<unknown> {
  const own = stored.safeParse(content);
  if (own.success) return await withExternalId(own.data, ports, signal);
  const outer = headed.safeParse(content);
  if (!outer.success) return content;
  return { ...outer.data, header: await withExternalId(outer.data.header, ports, signal) };
}

async function withExternalId(file: z.infer<typeof stored>, ports: UploadPorts, signal: AbortSignal) {
  const { storedMediaId, ...rest } = file;
  return { ...rest, mediaExternalId: await upload(storedMediaId, file.type, ports, signal) };
}

const known = z.object({
  external_id: z.string().nullable(),
  path: z.string().nullable(),
  mime_type: z.string(),
  file_name: z.string().nullable(),
}).nullable();

async function upload(
  mediaId: string,
  kind: FileKind,
  { database, files, tenant, configId, channel }: UploadPorts,
  signal: AbortSignal,
): Promise<string> {
  const file = known.parse(
    await database.callAsTenant(
      tenant,
      (call) => call`engine.find_upload(${mediaId}::uuid, ${configId}::uuid)`,
    ),
  );
  if (file?.external_id != null) return file.external_id;
  if (file?.path == null) throw new FileMissing(`Cannot send file "${mediaId}": it is not in storage`);
  const bytes = await files.read(tenant, file.path, mostBytes, signal).catch((cause) => {
    if (!(cause instanceof NotFound)) throw cause;
    throw new FileMissing(`Cannot send file "${mediaId}": storage does not have it`, { cause });
  });
  const { externalId, goodForSeconds } = await channel.uploadFile({
    bytes,
    kind,
    mimeType: file.mime_type,
    ...(file.file_name !== null && { fileName: file.file_name }),
  }, signal);
  await database.callAsTenant(
    tenant,
    (call) =>
      call`engine.keep_upload(${mediaId}::uuid, ${configId}::uuid, ${externalId}, ${goodForSeconds}::integer)`,
  );
  return externalId;
}
