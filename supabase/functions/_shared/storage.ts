/** The files of tenants over the Storage API, with the secret key named `storage`, else the one that projects have. */
import { NotFound, TooLarge, Unavailable } from "@app/contracts/mod.ts";
import type { Files, Tenant } from "@app/conversations/mod.ts";
import type { Config } from "./config.ts";

/** Opens the buckets of tenants; each tenant's is reached by its own name only. */
export function openStorage({ supabaseUrl, secrets }: Pick<Config, "supabaseUrl" | "secrets">): Files {
  const secretKey = secrets.secretKeys.storage ?? secrets.secretKeys.default ?? "";
  const address = (tenant: Tenant, path: string) =>
    `${supabaseUrl}/storage/v1/object/${bucketOf(tenant)}/${
      path.split("/").map(encodeURIComponent).join("/")
    }`;
  const headers = { apikey: secretKey, authorization: `Bearer ${secretKey}` };

  async function call(request: Request): Promise<Response> {
    try {
      return await fetch(request);
    } catch (cause) {
      throw new Unavailable("Cannot reach storage: no answer", { cause });
    }
  }

  return {
    async read(tenant, path, maxBytes, signal) {
      const response = await call(new Request(address(tenant, path), { headers, signal }));
      if (!response.ok) throw await refusalOf("read", response);
      return await readWithin(response, maxBytes);
    },

    async write(tenant, path, { bytes, mimeType }, signal) {
      const response = await call(
        new Request(address(tenant, path), {
          method: "POST",
          headers: { ...headers, "content-type": mimeType, "x-upsert": "true" },
          body: bytes,
          signal,
        }),
      );
      if (!response.ok) throw await refusalOf("write", response);
      await response.body?.cancel();
    },
  };
}

/** The schema's name is checked by the registry: `client_<slug>`. */
function bucketOf({ schemaName }: Tenant): string {
  return `client-${schemaName.replace(/^client_/, "")}`;
}

/** Storage says in its body what the status should have said: 400 with `"statusCode": "404"`. */
async function refusalOf(action: "read" | "write", response: Response) {
  const text = await response.text().catch(() => "");
  const code = /"statusCode"\s*:\s*"?(\d{3})/.exec(text)?.[1] ?? String(response.status);
  // Only a bucket can be missing when a file is written, and it may come.
  if (code === "404" && action === "read") {
    return new NotFound(`Cannot ${action} file: storage does not have it`);
  }
  if (code === "413") return new TooLarge(`Cannot ${action} file: it is larger than storage takes`);
  return new Unavailable(`Cannot ${action} file: storage answered ${code}`);
}

async function readWithin(response: Response, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of response.body ?? []) {
      length += chunk.length;
      if (length > maxBytes) throw new TooLarge(`Cannot read file: more than ${maxBytes} bytes`);
      chunks.push(chunk);
    }
  } catch (cause) {
    if (cause instanceof TooLarge) throw cause;
    throw new Unavailable("Cannot read file: storage broke off", { cause });
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
