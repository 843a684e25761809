import { createHash } from "node:crypto";
import { copyFile, mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { Buffer } from "node:buffer";
import type { App } from "@supabase/lite";
import { z } from "zod";

type StorageAdapter = NonNullable<App["_storageAdapter"]>;
type Metadata = Awaited<ReturnType<StorageAdapter["headObject"]>>;

const sidecar = z.object({ mimetype: z.string(), cacheControl: z.string(), eTag: z.string() });

/** Keeps the bytes of Storage in `folder`: a file per object, and beside it what HTTP wants to know of it. */
export function fileStorage(folder: string): StorageAdapter {
  function place(bucket: string, key: string, version: string | undefined): string {
    const path = join(folder, bucket, key, version ?? "current");
    if (relative(folder, path).startsWith("..")) {
      throw new Error(`Cannot store "${key}": it leaves its bucket`);
    }
    return path;
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
    async getObject(bucket, key, version, headers) {
      const path = place(bucket, key, version);
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
    async uploadObject(bucket, key, version, body, mimetype, cacheControl) {
      const path = place(bucket, key, version);
      const bytes = body instanceof Uint8Array ? body : await collect(body);
      const eTag = `"${createHash("md5").update(bytes).digest("hex")}"`;
      await mkdir(dirname(path), { recursive: true });
      await writeFile(`${path}.json`, JSON.stringify({ mimetype, cacheControl, eTag }));
      await writeFile(`${path}.part`, bytes);
      await rename(`${path}.part`, path);
      return await describe(path);
    },
    async deleteObject(bucket, key, version) {
      const path = place(bucket, key, version);
      await Promise.all([rm(path, { force: true }), rm(`${path}.json`, { force: true })]);
    },
    async deleteObjects(bucket, keys) {
      // As told by the API, `<key>/<version>`; the side file of each goes with it.
      const paths = keys.map((key) => join(folder, bucket, key));
      const all = paths.flatMap((path) => [path, `${path}.json`]);
      await Promise.all(all.map((path) => rm(path, { force: true, recursive: true })));
    },
    async copyObject(fromBucket, from, fromVersion, toBucket, to, toVersion) {
      const [source, target] = [place(fromBucket, from, fromVersion), place(toBucket, to, toVersion)];
      await mkdir(dirname(target), { recursive: true });
      await Promise.all([copyFile(source, target), copyFile(`${source}.json`, `${target}.json`)]).catch(
        notFound,
      );
      const { eTag, lastModified } = await describe(target);
      return { eTag, lastModified, httpStatusCode: 200 };
    },
    headObject: (bucket, key, version) => describe(place(bucket, key, version)),
    privateAssetUrl: (bucket, key, version) => Promise.resolve(`file://${place(bucket, key, version)}`),
  };
}

function notFound(cause: unknown): never {
  throw Object.assign(new Error("Object not found", { cause }), { httpStatusCode: 404, statusCode: 404 });
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
