import { fold } from "./text.ts";

/** A time of day that was named in a message. */
export interface TimeMention {
  /** `HH:MM`, or the part of the day in the customer's words, such as "por la tarde". */
  time: string;
  start: number;
  end: number;
}

const oClock =
  /\b(?:a las?|las|as|at|around|tipo|sobre las?|by|from)?\s*(?<!\d)(\d{1,2})(?:[:h.](\d{2}))?\s*(a\.?m\b\.?|p\.?m\b\.?|hrs?\b|hs\b|h\b|horas\b|o'clock)?(?:\s*(?:de|por|da|pela|in the|at)?\s*(?:la |a )?(manana|tarde|noche|noite|manha|morning|afternoon|evening|night))?/g;
const dayParts =
  /\b(?:(?:por|en|pela|de|in|a) (?:la |a |the )?(?:manana|tarde|noche|noite|manha|morning|afternoon|evening)|al? medio ?dia|ao meio[- ]dia|at noon|(?:the )?(?:morning|afternoon|evening))\b/g;

/** Finds the times of day in a text: "a las 5 de la tarde" is `17:00`, "às 15h" is `15:00`. */
export function readTimes(text: string): TimeMention[] {
  const folded = fold(text);
  const found: TimeMention[] = [];
  for (const match of folded.matchAll(oClock)) {
    const time = toTime(match);
    if (!time) continue;
    const lead = match[0].length - match[0].trimStart().length;
    found.push({ time, start: match.index + lead, end: match.index + match[0].trimEnd().length });
  }
  for (const match of folded.matchAll(dayParts)) {
    const [start, end] = [match.index, match.index + match[0].length];
    if (found.some((other) => start < other.end && other.start < end)) continue;
    found.push({ time: text.slice(start, end), start, end });
  }
  return found.sort((a, b) => a.start - b.start);
}

function toTime(match: RegExpMatchArray): string | null {
  const [whole, hours, minutes, suffix, part] = match;
  const isMarked = /^(?:a las?|las|as|at|around|tipo|sobre|by)\s/.test(whole) || suffix || part ||
    (minutes && /\d[:h]\d/.test(whole));
  let hour = Number(hours);
  if (!isMarked || hour > 24 || Number(minutes ?? 0) > 59) return null;
  const isLate = /^p/.test(suffix ?? "") || /tarde|noche|noite|afternoon|evening|night/.test(part ?? "");
  // Nobody books a table at three in the morning without saying so.
  const isUnsaid = !suffix && !part && !minutes && hour >= 1 && hour <= 7;
  if ((isLate || isUnsaid) && hour < 12) hour += 12;
  if (/^a\.?m/.test(suffix ?? "") && hour === 12) hour = 0;
  return `${String(hour % 24).padStart(2, "0")}:${minutes ?? "00"}`;
}
