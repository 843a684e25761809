import { createHash } from "node:crypto";
import { copyFile, mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Buffer } from "node:buffer";
import type { App } from "@supabase/lite";
import { z } from "zod";

type StorageAdapter = NonNullable<App["_storageAdapter"]>;
type Metadata = Awaited<ReturnType<StorageAdapter["headObject"]>>;

const sidecar = z.object({ mimetype: z.string(), cacheControl: z.string(), eTag: z.string() });

/**
 * Keeps the bytes of Storage in `folder`: per object a file, named by a hash so that a key may look like anything, and
 * beside it what HTTP wants to know. Versions are ignored: lite stores without one and reads with one.
 */
export function fileStorage(folder: string): StorageAdapter {
  function place(bucket: string, key: string): string {
    const name = createHash("sha256").update(key).digest("hex");
    return join(folder, createHash("sha256").update(bucket).digest("hex").slice(0, 16), name);
  }

  async function describe(path: string): Promise<Metadata> {
    const [file, known] = await Promise.all([stat(path), readFile(`${path}.json`, "utf8")]).catch(notFound);
    const size = file.size;
    return {
      ...sidecar.parse(JSON.parse(known)),
      size,
      contentLength: size,
      lastModified: file.mtime,
      httpStatusCode: 200,
    };
  }

  return {
    driver: "file",
    async getObject(bucket, key, _version, headers) {
      const path = place(bucket, key);
      const metadata = await describe(path);
      if (headers?.ifNoneMatch === metadata.eTag) return { metadata, httpStatusCode: 304 };
      const bytes = await readFile(path).catch(notFound);
      const range = readRange(headers?.range, bytes.length);
      if (!range) return { metadata, httpStatusCode: 200, body: bytes };
      const part = bytes.subarray(range.start, range.end + 1);
      const contentRange = `bytes ${range.start}-${range.end}/${bytes.length}`;
      const partial = { ...metadata, contentLength: part.length, contentRange, httpStatusCode: 206 };
      return { metadata: partial, httpStatusCode: 206, body: part };
    },
    async uploadObject(bucket, key, _version, body, mimetype, cacheControl) {
      const path = place(bucket, key);
      const bytes = body instanceof Uint8Array ? body : await collect(body);
      const eTag = `"${createHash("md5").update(bytes).digest("hex")}"`;
      await mkdir(dirname(path), { recursive: true });
      await writeFile(`${path}.json`, JSON.stringify({ mimetype, cacheControl, eTag }));
      await writeFile(`${path}.part`, bytes);
      await rename(`${path}.part`, path);
      return await describe(path);
    },
    deleteObject: (bucket, key) => remove(place(bucket, key)),
    async deleteObjects(bucket, keys) {
      await Promise.all(keys.map((key) => remove(place(bucket, key))));
    },
    async copyObject(fromBucket, from, _fromVersion, toBucket, to) {
      const [source, target] = [place(fromBucket, from), place(toBucket, to)];
      await mkdir(dirname(target), { recursive: true });
      await Promise.all([copyFile(source, target), copyFile(`${source}.json`, `${target}.json`)]).catch(
        notFound,
      );
      const { eTag, lastModified } = await describe(target);
      return { eTag, lastModified, httpStatusCode: 200 };
    },
    headObject: (bucket, key) => describe(place(bucket, key)),
    privateAssetUrl: (bucket, key) => Promise.resolve(`file://${place(bucket, key)}`),
  };
}

function notFound(cause: unknown): never {
  throw Object.assign(new Error("Object not found", { cause }), { httpStatusCode: 404, statusCode: 404 });
}

async function remove(path: string): Promise<void> {
  await Promise.all([rm(path, { force: true }), rm(`${path}.json`, { force: true })]);
}

async function collect(body: unknown): Promise<Buffer> {
  const stream = z.instanceof(ReadableStream).parse(body);
  return Buffer.from(await new Response(stream).arrayBuffer());
}

/** One range of bytes, as browsers ask for when a person seeks in a sound or film. */
function readRange(header: string | undefined, size: number): { start: number; end: number } | undefined {
  const [, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/.exec(header ?? "") ?? [];
  if (first === "" && last === "") return undefined;
  const start = first === "" ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === "" || last === "" ? size - 1 : Math.min(Number(last), size - 1);
  return start <= end ? { start, end } : undefined;
}
