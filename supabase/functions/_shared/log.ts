/** One JSON line per event, for machines. Never a customer's text, phone or name, never a secret. */
import { laterUnheld, type LogFields, type LogLevel, openJournal } from "./journal.ts";

export type { LogFields };

const journal = openJournal({ write: (line) => console.log(line), nowMs: Date.now, later: laterUnheld });
// What was summed up must not end with the isolate. Hosts say `beforeunload` and may cut the work off after it:
// https://supabase.com/docs/guides/functions/background-tasks; a process of Deno says `unload`.
for (const end of ["beforeunload", "unload"]) globalThis.addEventListener(end, () => journal.end());

/** Writes a line to standard output. While there are too many, `info` is summed up; `warn` and `error` never are. */
export function log(level: LogLevel, event: string, fields: LogFields = {}): void {
  journal.write(level, event, fields);
}

/**
 * What may be told about an error: its class, code and where it was thrown. Messages of foreign errors quote what was
 * sent to them, so of those only the frames of the stack are kept.
 */
export function describeError(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error: typeof error };
  const { code, constraint_name: constraint } = error as {
    code?: unknown;
    constraint_name?: unknown;
  };
  return {
    error: error.name,
    code: typeof code === "string" ? code : undefined,
    constraint: typeof constraint === "string" ? constraint : undefined,
    frames: framesOf(error),
    cause: error.cause === undefined ? undefined : JSON.stringify(describeError(error.cause)),
  };
}

/** Our own lines of the stack, shortened to what follows the project's folder. */
function framesOf(error: Error): string | undefined {
  const frames = error.stack?.split("\n").filter((line) => /^\s+at .*\/(packages|supabase)\//.test(line));
  const places = frames?.slice(0, 4).map((line) =>
    line.trim().replace(/\(?(file:\/\/)?\/\S*?\/(?=(packages|supabase)\/)/, "")
  );
  return places?.length ? places.join(" < ") : undefined;
}
