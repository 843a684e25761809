import { Buffer } from "node:buffer";

/**
 * Makes an upload in a form, as browsers send a Blob, one of plain bytes: lite looks for the file under another name than
 * the client gives it. Other requests pass unchanged.
 */
export async function unpackUpload(request: Request): Promise<Request> {
  const isForm = request.headers.get("content-type")?.startsWith("multipart/form-data") ?? false;
  if (!isForm || (request.method !== "POST" && request.method !== "PUT")) return request;
  const form = await readForm(request);
  const file = form.get("file");
  if (!(file instanceof Blob)) {
    return new Request(request.url, { method: request.method, headers: request.headers });
  }
  const headers = new Headers(request.headers);
  headers.set("content-type", file.type || "application/octet-stream");
  headers.set("content-length", String(file.size));
  const cacheSeconds = form.get("cacheControl");
  if (typeof cacheSeconds === "string") headers.set("cache-control", `max-age=${cacheSeconds}`);
  const metadata = form.get("metadata");
  if (typeof metadata === "string") headers.set("x-metadata", btoa(metadata));
  return new Request(request.url, { method: request.method, headers, body: await file.arrayBuffer() });
}

const nameless = 'form-data; name=""';

/** The client gives the file an empty name, and Deno drops fields without a name. */
async function readForm(request: Request): Promise<FormData> {
  const bytes = Buffer.from(await request.arrayBuffer());
  const at = bytes.indexOf(nameless);
  const named = at < 0 ? bytes : Buffer.concat([
    bytes.subarray(0, at),
    Buffer.from('form-data; name="file"'),
    bytes.subarray(at + nameless.length),
  ]);
  const headers = { "content-type": request.headers.get("content-type") ?? "" };
  return await new Response(named, { headers }).formData();
}
