import assert from "node:assert/strict";
import { isOpenAt, nextOpening, type OfficeHours, parseSettings } from "../../mod.ts";

const hours = parseSettings({
  office_hours: {
    time_zone: "America/Lima",
    weekly: {
      monday: [{ from: "09:00", to: "13:00" }, { from: "15:00", to: "24:00" }],
      tuesday: [{ from: "00:00", to: "02:00" }],
      friday: [{ from: "09:00", to: "18:00" }],
    },
    holidays: ["2026-12-04"],
  },
}).office_hours as OfficeHours;

/** Lima is UTC-5; 2026-11-30 is a Monday. */
const at = (day: string, time: string) => new Date(`${day}T${time}:00.000-05:00`).toISOString();

Deno.test("isOpenAt() goes by the clock of the place", () => {
  const open = ["09:00", "12:59", "15:00", "23:59"].map((time) =>
    isOpenAt(hours, at("2026-11-30", time), "UTC")
  );
  assert.deepEqual(open, [true, true, true, true]);
  const closed = ["08:59", "13:00", "14:59"].map((time) => isOpenAt(hours, at("2026-11-30", time), "UTC"));
  assert.deepEqual(closed, [false, false, false]);
  assert.equal(isOpenAt(hours, at("2026-12-01", "01:59"), "UTC"), true);
  assert.equal(isOpenAt(hours, at("2026-12-01", "02:00"), "UTC"), false);
});

Deno.test("isOpenAt() keeps holidays, and is always open without hours", () => {
  assert.equal(isOpenAt(hours, at("2026-12-04", "10:00"), "UTC"), false);
  assert.equal(isOpenAt(hours, at("2026-12-11", "10:00"), "UTC"), true);
  assert.equal(isOpenAt(null, at("2026-12-04", "03:00"), "UTC"), true);
});

Deno.test("nextOpening() finds the next range, over nights, weekends and holidays", () => {
  assert.deepEqual(nextOpening(hours, at("2026-11-30", "13:30"), "UTC"), {
    date: "2026-11-30",
    time: "15:00",
    isToday: true,
  });
  // Friday the 4th is a holiday.
  assert.deepEqual(nextOpening(hours, at("2026-12-01", "03:00"), "UTC"), {
    date: "2026-12-07",
    time: "09:00",
    isToday: false,
  });
});

Deno.test("isOpenAt() follows the change to summer time", () => {
  const berlin: OfficeHours = { ...hours, time_zone: "Europe/Berlin", holidays: [] };
  assert.equal(isOpenAt(berlin, "2026-03-27T08:30:00.000Z", "UTC"), true);
  assert.equal(isOpenAt(berlin, "2026-04-03T06:59:00.000Z", "UTC"), false);
  assert.equal(isOpenAt(berlin, "2026-04-03T07:00:00.000Z", "UTC"), true);
});
