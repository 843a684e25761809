import type { Sql } from "postgres";

const json = 114;
const jsonb = 3802;

/**
 * Has objects arrive as objects. Lite hands them over as text already, and its driver would make a JSON string of that
 * text: `{}` would arrive as `"{}"`, in which nothing is found. Hosted, PostgREST passes the object.
 *
 * @param connection Lite's connection; its driver takes no types of ours, so its own are replaced.
 */
export function passJson(connection: { driver: Sql }): void {
  const { serializers } = connection.driver.options;
  for (const type of [json, jsonb]) {
    serializers[type] = (value: unknown) =>
      typeof value === "string" && isWritten(value) ? value : JSON.stringify(value);
  }
}

/** Whether a text is an object or a list that somebody has written as JSON. */
function isWritten(text: string): boolean {
  if (!/^\s*[[{]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
