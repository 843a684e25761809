import type { ProbedFunction } from "./function-matrix.ts";

/** Whose tenant and things a call names. */
export interface Named {
  tenantId: string;
  /** By kind, as in `p_session_id`. */
  ids: Record<string, string>;
}

/** A statement that calls a function with a value for each of its parameters, made from its signature. */
export function generateCall(
  { signature, parameters }: ProbedFunction,
  named: Named,
  json: "object" | "list",
): string {
  const name = signature.slice(0, signature.indexOf("("));
  const values = parameters.map(({ name, type }) => valueOf(nameOfThing(name, signature), type, named, json));
  return `select ${name}(${values.join(", ")}) as r`;
}

/** The values by the name of their parameter, for a call by RPC. */
export function generateArguments(
  { parameters, signature }: ProbedFunction,
  named: Named,
  json: "object" | "list",
): Record<string, unknown> {
  return Object.fromEntries(
    parameters.map(({ name, type }) => [name, plainValueOf(nameOfThing(name, signature), type, named, json)]),
  );
}

/** What a bare `p_id` names is said by its function: an answer in `api.approve_canonical_answer`. `p_to` is a person. */
function nameOfThing(parameter: string, signature: string): string {
  if (parameter === "p_to") return "p_user_id";
  const [, thing] = /^\w+\.[a-z]+_(\w+)\(/.exec(signature) ?? [];
  return parameter === "p_id" && thing ? `p_${thing}_id` : parameter;
}

function valueOf(name: string, type: string, named: Named, json: "object" | "list"): string {
  if (type === "anyelement") return "null::text";
  const value = plainValueOf(name, type, named, json);
  if (Array.isArray(value) && type.endsWith("[]")) {
    return `array[${value.map((item) => quote(String(item))).join(", ")}]::${type}`;
  }
  if (value === null) return `null::${type}`;
  return `${quote(typeof value === "object" ? JSON.stringify(value) : String(value))}::${type}`;
}

function plainValueOf(name: string, type: string, named: Named, json: "object" | "list"): unknown {
  if (type === "uuid") return idFor(name, named);
  if (type === "uuid[]") return Object.values(named.ids);
  if (type === "text[]") return ["open", "claimed", "resolved"];
  if (type === "jsonb" || type === "json") return json === "list" ? [everything(named)] : everything(named);
  if (type === "boolean") return true;
  if (type.startsWith("timestamp")) return "2100-01-01T00:00:00Z";
  if (type === "interval") return "1 second";
  if (/^(integer|bigint|smallint|numeric|double precision|real)$/.test(type)) return 1;
  if (type === "text") return wordFor(name);
  return null;
}

function idFor(name: string, { tenantId, ids }: Named): string {
  const kind = name.replace(/^p_/, "").replace(/_id$/, "");
  if (kind === "tenant") return tenantId;
  const found = Object.keys(ids).find((known) => kind === known || kind.endsWith(`_${known}`));
  return ids[found ?? "session"] ?? tenantId;
}

const words: Record<string, string> = {
  p_status: "open",
  p_role: "agent",
  p_availability: "away",
  p_email: "somebody@else.test",
  p_channel_type: "whatsapp",
  p_external_id: "wamid.1",
  p_work: "turn",
  p_name: "a_name",
  p_token_hash: "a".repeat(64),
};

function wordFor(name: string): string {
  return words[name] ?? "hola";
}

/** Names every id in every spelling that a payload could use. */
function everything({ tenantId, ids }: Named): Record<string, unknown> {
  const all = Object.entries({ ...ids, tenant: tenantId });
  return Object.fromEntries([
    ["id", ids.session],
    ...all.map(([kind, id]) => [`${kind}_id`, id]),
    ...all.map(([kind, id]) => [`${kind.replace(/_(\w)/g, (_, letter) => letter.toUpperCase())}Id`, id]),
  ]);
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
