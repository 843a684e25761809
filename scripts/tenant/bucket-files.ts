import { bucketOf, type StorageAccess, storageOf } from "./bucket.ts";

/** Entries that Storage lists at a time. */
const pageSize = 100;

/**
 * The paths of all files of a tenant's bucket.
 *
 * @throws {Error} When Storage refuses. A missing bucket is an error, too: to a wrong key every bucket is missing.
 */
export async function* listFiles(access: StorageAccess, slug: string): AsyncGenerator<string> {
  const { error } = await storageOf(access).getBucket(bucketOf(slug));
  if (error) throw new Error(`Cannot list files of "${bucketOf(slug)}": ${error.message}`, { cause: error });
  yield* listFolder(access, slug, "");
}

async function* listFolder(access: StorageAccess, slug: string, folder: string): AsyncGenerator<string> {
  const bucket = storageOf(access).from(bucketOf(slug));
  for (let offset = 0;; offset += pageSize) {
    const { data, error } = await bucket.list(folder, { limit: pageSize, offset });
    if (error && /not found/i.test(error.message)) return;
    if (error) {
      throw new Error(`Cannot list files of "${bucketOf(slug)}": ${error.message}`, { cause: error });
    }
    for (const { name, id } of data) {
      const path = folder === "" ? name : `${folder}/${name}`;
      // A folder has no id of its own.
      if (id === null) yield* listFolder(access, slug, path);
      else yield path;
    }
    if (data.length < pageSize) return;
  }
}

/** The bytes of one file. @throws {Error} When Storage refuses. */
export async function readFileOf(access: StorageAccess, slug: string, path: string): Promise<Uint8Array> {
  const { data, error } = await storageOf(access).from(bucketOf(slug)).download(path);
  if (error) throw new Error(`Cannot read file "${path}": ${error.message}`, { cause: error });
  return new Uint8Array(await data.arrayBuffer());
}
