/** A tool as its tenant defined it, as far as its request is concerned. */
export interface RequestShape {
  /** `https://shop.example/orders/{order_id}`: placeholders in path and query only. */
  urlTemplate: string;
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
}

/** A request without its headers. */
export interface FilledRequest {
  url: string;
  /** JSON. */
  body?: string;
}

const placeholder = /\{([a-zA-Z_][a-zA-Z0-9_]{0,63})\}/g;

/**
 * Writes a request from a checked input: placeholders are filled and encoded, so that no value reaches another part of the
 * URL; what is left goes into the query of GET and DELETE, and into the JSON body of the others.
 *
 * @throws {RangeError} If the template has a placeholder in its host, or the input lacks one.
 */
export function fillRequest(
  { urlTemplate, method }: RequestShape,
  input: Record<string, unknown>,
): FilledRequest {
  const origin = /^[a-z]+:\/\/[^/?#]*/i.exec(urlTemplate)?.[0] ?? "";
  if (origin === "" || /[{}\\]/.test(origin)) {
    throw new RangeError("Cannot call a tool: its host is not fixed");
  }
  const used = new Set<string>();
  const rest = urlTemplate.slice(origin.length).replace(placeholder, (_, name: string) => {
    const value = input[name];
    if (value === undefined || value === null || value === "") {
      throw new RangeError(`Cannot call a tool: "${name}" is missing`);
    }
    used.add(name);
    const written = encodeURIComponent(textOf(value));
    // A segment of dots would climb out of its folder.
    return /^\.+$/.test(written) ? written.replaceAll(".", "%252E") : written;
  });
  const left = Object.entries(input).filter(([name, value]) => !used.has(name) && value !== undefined);
  const url = origin + rest;
  if (method !== "GET" && method !== "DELETE") return { url, body: JSON.stringify(Object.fromEntries(left)) };
  const query = new URLSearchParams(left.map(([name, value]) => [name, textOf(value)])).toString();
  if (query === "") return { url };
  return { url: `${url}${url.includes("?") ? "&" : "?"}${query}` };
}

function textOf(value: unknown): string {
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
