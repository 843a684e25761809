import { createClient } from "@supabase/supabase-js";

/** The Storage API and the key that may administer it. */
export interface StorageAccess {
  /** The project's address, as `http://127.0.0.1:54321`. */
  url: string;
  secretKey: string;
}

/** The private bucket of a tenant's files. */
export function bucketOf(slug: string): string {
  return `client-${slug}`;
}

/** Makes a tenant's private bucket unless it is there. @throws {Error} When Storage refuses. */
export async function ensureBucket(access: StorageAccess, slug: string): Promise<void> {
  const storage = storageOf(access);
  if ((await storage.getBucket(bucketOf(slug))).data) return;
  const { error } = await storage.createBucket(bucketOf(slug), { public: false });
  if (error && !/already exists/i.test(error.message)) {
    throw new Error(`Cannot make bucket "${bucketOf(slug)}": ${error.message}`, { cause: error });
  }
}

/** Deletes a tenant's bucket with its files; nothing happens when it is gone. @throws {Error} When Storage refuses. */
export async function removeBucket(access: StorageAccess, slug: string): Promise<void> {
  const storage = storageOf(access);
  if (!(await storage.getBucket(bucketOf(slug))).data) return;
  const { error } = await storage.emptyBucket(bucketOf(slug));
  const failed = error ?? (await storage.deleteBucket(bucketOf(slug))).error;
  if (failed) {
    throw new Error(`Cannot delete bucket "${bucketOf(slug)}": ${failed.message}`, { cause: failed });
  }
}

/** The Storage API with a key that may administer it. */
export function storageOf(access: StorageAccess) {
  const options = { auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false } };
  return createClient(access.url, access.secretKey, options).storage;
}
