/** Log lines within what hosts take: https://supabase.com/docs/guides/functions/limits */

/** What a line can hold: ids, counts, codes, durations. */
export type LogFields = Record<string, string | number | boolean | undefined>;

/** How bad it is; `error` means that a person should look. */
export type LogLevel = "info" | "warn" | "error";

/** Hosts take 100 lines in 10 s from an isolate and drop the rest; half is left for what must be seen. */
const windowMs = 10_000;
const mostInfo = 50;
/** Hosts cut a line at 10,000 characters. */
const longestLine = 9_500;
const longestValue = 1_000;

/** Where lines go, and what time it is. */
interface JournalPorts {
  write(line: string): void;
  nowMs(): number;
  /** Does something later, without keeping the process alive for it; returns what calls it off. */
  later(ms: number, action: () => void): () => void;
}

/** Writes lines, and sums them up while there are too many. */
interface Journal {
  write(level: LogLevel, event: string, fields: LogFields): void;
  /** Tells what was summed up so far: the isolate ends. */
  end(): void;
}

/** Lines that were not written, of one event with one outcome. */
interface Sum {
  event: string;
  function?: string;
  status?: string | number;
  count: number;
  ms_total: number;
  ms_max: number;
}

/** Opens the journal of an isolate. What was summed up is told when the window has ended. */
export function openJournal({ write, nowMs, later }: JournalPorts): Journal {
  let windowStartMs = -Infinity;
  let written = 0;
  const sums = new Map<string, Sum>();
  let cancel: (() => void) | undefined;

  function turnWindow(now: number): void {
    if (now - windowStartMs < windowMs && now >= windowStartMs) return;
    beginWindow(now);
  }

  function beginWindow(now: number): void {
    windowStartMs = now;
    written = 0;
    cancel?.();
    cancel = undefined;
    for (const sum of sums.values()) writeLine(now, "info", "summary", { ...sum, of: sum.event });
    written += sums.size;
    sums.clear();
  }

  function writeLine(now: number, level: LogLevel, event: string, fields: LogFields): void {
    const line = JSON.stringify({ at: new Date(now).toISOString(), level, ...fields, event });
    write(line.length <= longestLine ? line : JSON.stringify(shorten(now, level, event, fields)));
  }

  function add(event: string, fields: LogFields): void {
    const status = outcomeOf(fields);
    const key = `${event} ${fields.function ?? ""} ${status ?? ""}`;
    const sum = sums.get(key) ?? { event, ...named(fields.function), ...outcome(status), ...nothing };
    const ms = typeof fields.ms === "number" ? fields.ms : 0;
    sum.count += 1;
    sum.ms_total = Math.round((sum.ms_total + ms) * 10) / 10;
    sum.ms_max = Math.max(sum.ms_max, ms);
    sums.set(key, sum);
  }

  return {
    end: () => beginWindow(nowMs()),
    write(level, event, fields) {
      const now = nowMs();
      turnWindow(now);
      if (level !== "info" || written < mostInfo) {
        if (level === "info") written += 1;
        return writeLine(now, level, event, fields);
      }
      add(event, fields);
      cancel ??= later(windowStartMs + windowMs - now, () => turnWindow(nowMs()));
    },
  };
}

const nothing = { count: 0, ms_total: 0, ms_max: 0 };

/** What tells good from bad: the status of a request, the outcome of a turn or a send. */
function outcomeOf({ status, outcome }: LogFields): string | number | undefined {
  const told = status ?? outcome;
  return typeof told === "boolean" ? undefined : told;
}

function named(name: LogFields[string]): { function?: string } {
  return typeof name === "string" ? { function: name } : {};
}

function outcome(status: string | number | undefined): { status?: string | number } {
  return status === undefined ? {} : { status };
}

function shorten(now: number, level: LogLevel, event: string, fields: LogFields) {
  const short = Object.entries(fields).slice(0, 8).map(([name, value]) =>
    [name, typeof value === "string" ? value.slice(0, longestValue) : value] as const
  );
  return { at: new Date(now).toISOString(), level, event, ...Object.fromEntries(short), is_shortened: true };
}

/** The timers of the host. */
export function laterUnheld(ms: number, action: () => void): () => void {
  const timer = setTimeout(action, Math.max(0, ms));
  const id: unknown = timer;
  if (typeof id === "number") Deno.unrefTimer(id);
  else timer.unref?.();
  return () => clearTimeout(timer);
}
