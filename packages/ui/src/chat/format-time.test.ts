import assert from "node:assert/strict";
import { chatLabels } from "../labels/dictionary.ts";
import { formatDay, formatLength, formatListTime, formatTime, isSameDay } from "./format-time.ts";

const NOW = new Date(2026, 10, 21, 14, 5);

function daysAgo(days: number): string {
  return new Date(2026, 10, 21 - days, 9, 30).toISOString();
}

Deno.test("formatDay() names near days and dates the others", () => {
  assert.equal(formatDay(daysAgo(0), chatLabels.es, NOW), "Hoy");
  assert.equal(formatDay(daysAgo(1), chatLabels.pt, NOW), "Ontem");
  assert.equal(formatDay(daysAgo(3), chatLabels.es, NOW), "Miércoles");
  assert.equal(formatDay(daysAgo(30), chatLabels.en, NOW), "October 22");
  assert.equal(formatDay(daysAgo(400), chatLabels.es, NOW), "17 de octubre de 2025");
});

Deno.test("formatListTime() is short", () => {
  assert.equal(formatListTime(daysAgo(0), chatLabels.es, NOW), "09:30");
  assert.equal(formatListTime(daysAgo(1), chatLabels.en, NOW), "Yesterday");
  assert.equal(formatListTime(daysAgo(30), chatLabels.es, NOW), "22/10/26");
});

Deno.test("dates and times read as the reader's region writes them, all through the year", () => {
  for (const labels of Object.values(chatLabels)) {
    const write = (options: Intl.DateTimeFormatOptions, date: Date) =>
      new Intl.DateTimeFormat(labels.locale, options).format(date);
    for (let day = 0; day < 400; day++) {
      const date = new Date(2024, 0, 1 + day, day % 24, day % 60);
      const at = date.toISOString();
      const year = date.getFullYear();
      const daysLater = (days: number) => new Date(year, date.getMonth(), date.getDate() + days);
      assert.equal(formatTime(at), write({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" }, date));
      assert.equal(
        formatDay(at, labels, daysLater(3)).toLowerCase(),
        write({ weekday: "long" }, date).toLowerCase(),
      );
      assert.equal(
        formatDay(at, labels, new Date(year, 0, 1)),
        day % 366 === 0 ? labels.today : write({ day: "numeric", month: "long" }, date),
      );
      assert.equal(
        formatDay(at, labels, daysLater(400)),
        write({ day: "numeric", month: "long", year: "numeric" }, date),
      );
      assert.equal(
        formatListTime(at, labels, daysLater(30)),
        write({ day: "2-digit", month: "2-digit", year: "2-digit" }, date),
      );
    }
  }
});

Deno.test("isSameDay() goes by the reader's calendar, not by 24 hours", () => {
  assert.equal(
    isSameDay(new Date(2026, 10, 21, 0, 1).toISOString(), new Date(2026, 10, 21, 23, 59).toISOString()),
    true,
  );
  assert.equal(
    isSameDay(new Date(2026, 10, 20, 23, 59).toISOString(), new Date(2026, 10, 21, 0, 1).toISOString()),
    false,
  );
});

Deno.test("formatLength() writes minutes and seconds", () => {
  assert.deepEqual([0, 7.4, 65, NaN, Infinity].map(formatLength), ["0:00", "0:07", "1:05", "0:00", "0:00"]);
});
