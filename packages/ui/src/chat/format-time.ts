import type { ChatLabels } from "../labels/chat-labels.ts";

/** Hours and minutes, as the reader's region writes them: `14:05`. */
export function formatTime(at: string, locale: string): string {
  return formatter(locale, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" })
    .format(new Date(at));
}

/** The day of a separator: today, yesterday, a weekday of the last week, or a date. */
export function formatDay(at: string, labels: ChatLabels, now: Date): string {
  const days = daysBetween(new Date(at), now);
  if (days === 0) return labels.today;
  if (days === 1) return labels.yesterday;
  const date = new Date(at);
  if (days > 1 && days < 7) {
    return capitalized(formatter(labels.locale, { weekday: "long" }).format(date));
  }
  const isThisYear = date.getFullYear() === now.getFullYear();
  return formatter(labels.locale, {
    day: "numeric",
    month: "long",
    ...(!isThisYear && { year: "numeric" }),
  }).format(date);
}

/** When a chat last moved, short enough for a list: time today, else day. */
export function formatListTime(at: string, labels: ChatLabels, now: Date): string {
  const date = new Date(at);
  const days = daysBetween(date, now);
  if (days === 0) return formatTime(at, labels.locale);
  if (days === 1) return labels.yesterday;
  return formatter(labels.locale, { day: "2-digit", month: "2-digit", year: "2-digit" }).format(
    date,
  );
}

/** Whether two moments fall on one day of the reader's calendar. */
export function isSameDay(one: string, other: string): boolean {
  return daysBetween(new Date(one), new Date(other)) === 0;
}

/** Minutes and seconds of a length in seconds: `0:07`. */
export function formatLength(seconds: number): string {
  const whole = Number.isFinite(seconds) ? Math.max(0, Math.round(seconds)) : 0;
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

function daysBetween(earlier: Date, later: Date): number {
  const day = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  return Math.round((day(later) - day(earlier)) / 86_400_000);
}

function capitalized(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Making a formatter takes far longer than using one. */
function formatter(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  const made = formatters.get(key) ?? new Intl.DateTimeFormat(locale, options);
  formatters.set(key, made);
  return made;
}
