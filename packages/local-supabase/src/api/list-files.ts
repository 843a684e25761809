import { z } from "zod";

const listRequest = z.looseObject({ prefix: z.string().default("") });
const listed = z.array(z.looseObject({ name: z.string() }));

/** Reads which folder a request to list files means. The body can be read again from `request`. */
export async function readPrefix(request: Request): Promise<{ request: Request; prefix: string }> {
  const text = await request.text();
  const copy = new Request(request.url, { method: request.method, headers: request.headers, body: text });
  const parsed = listRequest.safeParse(parseJson(text));
  return { request: copy, prefix: parsed.data?.prefix ?? "" };
}

/**
 * Lite lists whole paths below a prefix; hosted lists what is in the folder: names without it, and folders once each,
 * without an id.
 */
export async function repairList(response: Response, prefix: string): Promise<Response> {
  const body = listed.safeParse(response.ok ? await response.clone().json() : undefined);
  if (!body.success) return response;
  const folder = prefix === "" || prefix.endsWith("/") ? prefix : `${prefix}/`;
  const entries = new Map<string, object>();
  for (const file of body.data) {
    const rest = file.name.startsWith(folder) ? file.name.slice(folder.length) : file.name;
    const [name = "", ...deeper] = rest.split("/");
    if (deeper.length === 0) entries.set(name, { ...file, name });
    else if (!entries.has(name)) entries.set(name, { ...folderFields, name });
  }
  const headers = new Headers(response.headers);
  headers.delete("content-length");
  return new Response(JSON.stringify([...entries.values()]), { status: response.status, headers });
}

const folderFields = { id: null, updated_at: null, created_at: null, last_accessed_at: null, metadata: null };

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
