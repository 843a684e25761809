import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

/** A file as it is sent. */
interface SentFile {
  body: Uint8Array<ArrayBuffer>;
  /** What it is compressed with; absent where it is not. */
  encoding?: "br" | "gzip";
}

const compressors = {
  // 9 of 11: the last two take many times longer for a few percent.
  br: (bytes: Uint8Array) =>
    promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
  gzip: (bytes: Uint8Array) => promisify(gzip)(bytes, { level: 9 }),
};

/** What is compressed already is not compressed again. */
const isText = /\.(html|js|css|svg|webmanifest)$/;

/** Reads files, compressed as the browser takes it; each is compressed once and kept until it changes on disk. */
export function openCompressedFiles(): (path: string, accepted: string) => Promise<SentFile> {
  const kept = new Map<string, { changedAt: number; body: Uint8Array<ArrayBuffer> }>();
  return async (path, accepted) => {
    const encoding = /\bbr\b/.test(accepted) ? "br" : /\bgzip\b/.test(accepted) ? "gzip" : undefined;
    if (!encoding || !isText.test(path)) return { body: await Deno.readFile(path) };
    const key = `${encoding} ${path}`;
    const { mtime } = await Deno.stat(path);
    const changedAt = mtime?.getTime() ?? 0;
    const known = kept.get(key);
    if (known?.changedAt === changedAt) return { body: known.body, encoding };
    const body = new Uint8Array(await compressors[encoding](await Deno.readFile(path)));
    kept.set(key, { changedAt, body });
    return { body, encoding };
  };
}
