import { generateArguments, type Named } from "./generate-call.ts";
import type { ProbedFunction } from "./function-matrix.ts";

/** A request that names what is not its caller's. */
export interface Swap {
  path: string;
  method: string;
  headers: Record<string, string>;
  body?: string;
}

/** What a swap is made of. */
export interface Material {
  /** Functions of schema `api`. */
  functions: ProbedFunction[];
  /** Relations by schema, as REST would have to name them. */
  relations: { schema: string; name: string }[];
  /** Names of edge functions. */
  edgeFunctions: string[];
  a: Named;
  b: Named;
}

/** Makes one request at random: a call by RPC, a table by REST, or an edge function. */
export function randomSwap(material: Material, random: () => number = Math.random): Swap {
  const kind = random();
  if (kind < 0.7) return swapInCall(material, random);
  return kind < 0.85 ? swapInTable(material, random) : swapInFunction(material, random);
}

function pick<T>(items: T[], random: () => number): T {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error("Cannot pick from an empty list");
  return item;
}

/** Each id is a's, the caller's own, or nobody's. */
function mix({ a, b }: Material, random: () => number): Named {
  const ids = Object.fromEntries(
    Object.keys(a.ids).map((kind) => {
      const choice = random();
      const id = choice < 0.7 ? a.ids[kind] : choice < 0.85 ? b.ids[kind] : undefined;
      return [kind, id ?? crypto.randomUUID()];
    }),
  );
  return { tenantId: random() < 0.6 ? a.tenantId : b.tenantId, ids };
}

function swapInCall(material: Material, random: () => number): Swap {
  const called = pick(material.functions, random);
  const json = random() < 0.5 ? "object" : "list";
  const all = Object.entries(generateArguments(called, mix(material, random), json));
  const body = Object.fromEntries(
    all.filter(([name]) =>
      !called.parameters.find((parameter) => parameter.name === name)?.hasDefault || random() < 0.5
    ),
  );
  return {
    path: `/rest/v1/rpc/${called.label.replace(/^api\./, "")}`,
    method: "POST",
    headers: { "content-type": "application/json", "content-profile": "api" },
    body: JSON.stringify(body),
  };
}

function swapInTable(material: Material, random: () => number): Swap {
  const { schema, name } = pick(material.relations, random);
  const { ids, tenantId } = mix(material, random);
  const method = pick(["GET", "GET", "POST", "PATCH", "DELETE"], random);
  const column = pick(["id", "session_id", "contact_id", "tenant_id", "client_id"], random);
  const value = column.endsWith("t_id") ? tenantId : pick(Object.values(ids), random);
  const exposed = random() < 0.5 ? schema : "api";
  const writes = method === "POST" || method === "PATCH";
  return {
    path: `/rest/v1/${name}${method === "POST" ? "" : `?${column}=eq.${value}`}`,
    method,
    headers: {
      "accept-profile": exposed,
      "content-profile": exposed,
      ...(writes && { "content-type": "application/json" }),
    },
    ...(writes && { body: JSON.stringify({ [column]: value }) }),
  };
}

function swapInFunction(material: Material, random: () => number): Swap {
  const { ids, tenantId } = mix(material, random);
  const snake = Object.fromEntries(Object.entries(ids).map(([kind, id]) => [`${kind}_id`, id]));
  const camel = Object.fromEntries(Object.entries(ids).map(([kind, id]) => [`${kind}Id`, id]));
  const body = {
    ...snake,
    ...camel,
    tenant_id: tenantId,
    tenantId,
    id: ids.message,
    text: "hola",
    content: "hola",
  };
  return {
    path: `/functions/v1/${pick(material.edgeFunctions, random)}`,
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  };
}
