import type { PushMessage } from "@app/contracts/mod.ts";

/** What was pushed, or nothing that this version of the app knows. */
export type ReadPush = PushMessage | undefined;

const requests = ["request", "due_soon", "promise"];
const deeds = ["assigned", "handed_back"];
const languages = ["es", "en", "pt"];

/**
 * Reads what came. It was encrypted for this browser by its own backend, which may be newer than the worker; a schema
 * would be more code than the worker has.
 */
export function readPush(text: string): ReadPush {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return isPush(value) ? value : undefined;
}

function isPush(value: unknown): value is PushMessage {
  if (typeof value !== "object" || value === null) return false;
  const { kind, language, slug, session_id, name, category, receipt } = value as Record<string, unknown>;
  if (!languages.includes(String(language)) || !isWord(slug)) return false;
  if (kind === "trial") return true;
  if (!isWord(session_id) || (name !== null && typeof name !== "string")) return false;
  if (deeds.includes(String(kind))) return true;
  return requests.includes(String(kind)) && typeof category === "string" &&
    typeof receipt === "object" && receipt !== null;
}

/** Goes into an address. */
function isWord(value: unknown): boolean {
  return typeof value === "string" && /^[\w-]{1,64}$/.test(value);
}
