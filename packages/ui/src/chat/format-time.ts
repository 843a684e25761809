import type { ChatLabels } from "../labels/chat-labels.ts";

// Written by hand, since the browser's own writer of dates reads a dictionary first that takes as long as all else that a
// phone does to show a conversation.

/** Hours and minutes of the reader's day: `14:05`. */
export function formatTime(at: string): string {
  const date = new Date(at);
  return `${twoDigits(date.getHours())}:${twoDigits(date.getMinutes())}`;
}

/** The day of a separator: today, yesterday, a weekday of the last week, or a date. */
export function formatDay(at: string, labels: ChatLabels, now: Date): string {
  const days = daysBetween(new Date(at), now);
  if (days === 0) return labels.today;
  if (days === 1) return labels.yesterday;
  const date = new Date(at);
  if (days > 1 && days < 7) return labels.weekdays[date.getDay()] ?? "";
  const isThisYear = date.getFullYear() === now.getFullYear();
  return labels.dateOf(date.getDate(), date.getMonth(), isThisYear ? null : date.getFullYear());
}

/** When a chat last moved, short enough for a list: time today, else day. */
export function formatListTime(at: string, labels: ChatLabels, now: Date): string {
  const date = new Date(at);
  const days = daysBetween(date, now);
  if (days === 0) return formatTime(at);
  if (days === 1) return labels.yesterday;
  return labels.shortDate(
    twoDigits(date.getDate()),
    twoDigits(date.getMonth() + 1),
    twoDigits(date.getFullYear() % 100),
  );
}

/** Whether two moments fall on one day of the reader's calendar. */
export function isSameDay(one: string, other: string): boolean {
  return daysBetween(new Date(one), new Date(other)) === 0;
}

/** Minutes and seconds of a length in seconds: `0:07`. */
export function formatLength(seconds: number): string {
  const whole = Number.isFinite(seconds) ? Math.max(0, Math.round(seconds)) : 0;
  return `${Math.floor(whole / 60)}:${twoDigits(whole % 60)}`;
}

function daysBetween(earlier: Date, later: Date): number {
  const day = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  return Math.round((day(later) - day(earlier)) / 86_400_000);
}

function twoDigits(number: number): string {
  return String(number).padStart(2, "0");
}
