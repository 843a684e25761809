import assert from "node:assert/strict";
import { readDueTime } from "./read-due-time.ts";

/** Monday, 10:30 in La Paz (UTC-4). */
const now = "2026-11-30T14:30:00.000Z";

const cases: [said: string, due: string | null][] = [
  ["Le llamo mañana a las 9", "2026-12-01T13:00:00.000Z"],
  ["Le llamo mañana por la mañana", "2026-12-01T13:00:00.000Z"],
  ["te escribo mañana", "2026-12-01T14:00:00.000Z"],
  ["pasado mañana a las 15:30", "2026-12-02T19:30:00.000Z"],
  ["hoy a las 4 de la tarde", "2026-11-30T20:00:00.000Z"],
  ["hoy mismo se lo mando", "2026-11-30T22:00:00.000Z"],
  ["en dos horas", "2026-11-30T16:30:00.000Z"],
  ["in half an hour", "2026-11-30T15:00:00.000Z"],
  ["dentro de 3 días", "2026-12-03T14:30:00.000Z"],
  ["el viernes a las 11", "2026-12-04T15:00:00.000Z"],
  ["el lunes", "2026-12-07T14:00:00.000Z"],
  ["I'll call you tomorrow at 3 pm", "2026-12-01T19:00:00.000Z"],
  ["na sexta de manhã", "2026-12-04T13:00:00.000Z"],
  ["amanhã às 15h", "2026-12-01T19:00:00.000Z"],
  ["na segunda às 10h", "2026-12-07T14:00:00.000Z"],
  ["até a próxima quinta", "2026-12-03T14:00:00.000Z"],
  ["Le mando la segunda cotización", null],
  ["te envio uma quinta caixa", null],
  ["la próxima semana", "2026-12-07T14:00:00.000Z"],
  ["a las 9", "2026-12-01T13:00:00.000Z"],
  ["Le llamo", null],
  ["El precio es 45", null],
  ["", null],
];

for (const [said, due] of cases) {
  Deno.test(`readDueTime() reads "${said}" as ${due}`, () => {
    assert.equal(readDueTime(said, now, "America/La_Paz"), due);
  });
}

Deno.test("readDueTime() is never before it was said", () => {
  const night = "2026-12-01T03:30:00.000Z";
  assert.equal(readDueTime("hoy te lo mando", night, "America/La_Paz"), "2026-12-01T04:30:00.000Z");
});

Deno.test("readDueTime() knows when clocks change", () => {
  // Madrid leaves summer time in the night of 25 October 2026.
  assert.equal(
    readDueTime("mañana a las 9", "2026-10-24T10:00:00.000Z", "Europe/Madrid"),
    "2026-10-25T08:00:00.000Z",
  );
});
