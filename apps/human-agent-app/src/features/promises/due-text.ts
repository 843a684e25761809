import { type ChatLabels, formatTime } from "@app/ui/mod.ts";

/** When something is due: the time today, else with the day before it. */
export function dueText(at: string, labels: ChatLabels, now: Date): string {
  const date = new Date(at);
  const time = formatTime(at);
  if (date.toDateString() === now.toDateString()) return `${labels.today}, ${time}`;
  const day = new Intl.DateTimeFormat(labels.locale, { weekday: "short", day: "numeric", month: "short" });
  return `${day.format(date)}, ${time}`;
}
