import assert from "node:assert/strict";
import type { Language } from "./languages.ts";
import { readDates } from "./read-dates.ts";
import { readTimes } from "./read-times.ts";

/** A Saturday morning in Lima. */
const moment = { now: "2026-11-21T15:00:00Z", timeZone: "America/Lima" };

const ahead: [Language, string, string][] = [
  ["es", "mañana", "2026-11-22"],
  ["es", "pasado mañana", "2026-11-23"],
  ["es", "hoy mismo", "2026-11-21"],
  ["es", "el 15 de diciembre", "2026-12-15"],
  ["es", "para el 15/12", "2026-12-15"],
  ["es", "2 de enero", "2027-01-02"],
  ["es", "el martes", "2026-11-24"],
  ["es", "el martes de la semana que viene", "2026-11-24"],
  ["es", "para la semana que viene", "2026-11-23"],
  ["es", "en dos semanas", "2026-12-05"],
  ["es", "dentro de 10 días", "2026-12-01"],
  ["es", "fin de mes", "2026-11-30"],
  ["es", "el 15", "2026-12-15"],
  ["es", "lo antes posible", "2026-11-21"],
  ["es", "next Tuesday", "2026-11-24"],
  ["es", "2026-12-15", "2026-12-15"],
  ["en", "next Tuesday", "2026-11-24"],
  ["en", "tomorrow", "2026-11-22"],
  ["en", "the day after tomorrow", "2026-11-23"],
  ["en", "Dec 15", "2026-12-15"],
  ["en", "15th of December", "2026-12-15"],
  ["en", "15/12/2026", "2026-12-15"],
  ["en", "in two weeks", "2026-12-05"],
  ["en", "end of the month", "2026-11-30"],
  ["en", "the 3rd", "2026-12-03"],
  ["pt", "amanhã", "2026-11-22"],
  ["pt", "depois de amanhã", "2026-11-23"],
  ["pt", "15 de dezembro", "2026-12-15"],
  ["pt", "semana que vem", "2026-11-23"],
  ["pt", "na próxima terça", "2026-11-24"],
  ["pt", "sexta-feira", "2026-11-27"],
  ["pt", "dia 20", "2026-12-20"],
  ["pt", "daqui a 3 dias", "2026-11-24"],
  ["pt", "em duas semanas", "2026-12-05"],
  ["es", "mar", "2026-11-24"],
  ["es", "el mié", "2026-11-25"],
  ["es", "mie a las 10", "2026-11-25"],
  ["es", "puede ser vie", "2026-11-27"],
  ["es", "el dom", "2026-11-22"],
  ["es", "24 mar", "2027-03-24"],
  ["pt", "na sex", "2026-11-27"],
  ["pt", "sex às 15h", "2026-11-27"],
  ["pt", "na ter", "2026-11-24"],
  ["pt", "na segunda", "2026-11-23"],
  ["en", "on Wed", "2026-11-25"],
];

for (const [language, text, date] of ahead) {
  Deno.test(`readDates() reads "${text}" (${language}) as ${date}`, () => {
    assert.deepEqual(readDates(text, language, moment).map((mention) => mention.date), [date]);
  });
}

const behind: [Language, string, string][] = [
  ["es", "ayer", "2026-11-20"],
  ["es", "anteayer", "2026-11-19"],
  ["es", "hace dos días", "2026-11-19"],
  ["es", "el martes", "2026-11-17"],
  ["en", "last Friday", "2026-11-20"],
  ["en", "3 days ago", "2026-11-18"],
  ["pt", "ontem à noite", "2026-11-20"],
  ["pt", "há 2 dias", "2026-11-19"],
];

for (const [language, text, date] of behind) {
  Deno.test(`readDates() looking behind reads "${text}" (${language}) as ${date}`, () => {
    assert.deepEqual(readDates(text, language, moment, "behind").map((mention) => mention.date), [date]);
  });
}

for (
  const [language, short, full] of [
    ["es", "el sáb", "el sábado"],
    ["pt", "no sáb", "no sábado"],
    ["en", "Sat at 10", "Saturday at 10"],
    ["en", "next sun", "next sunday"],
  ] as const
) {
  Deno.test(`readDates() reads "${short}" (${language}) as it reads "${full}"`, () => {
    const dates = (text: string) => readDates(text, language, moment).map(({ date }) => date);
    assert.equal(dates(short).length, 1);
    assert.deepEqual(dates(short), dates(full));
  });
}

Deno.test('readDates() reads the days of a list, "mar" among them', () => {
  const read = readDates("lun, mar o jue", "es", moment).map(({ date }) => date);
  assert.deepEqual(read, ["2026-11-23", "2026-11-24", "2026-11-26"]);
});

const dateless: [Language, string][] = [
  ["es", "algo sobre el mar"],
  ["es", "una casa frente al mar"],
  ["es", "vivo cerca del mar."],
  ["es", "quiero un set de mar y sol"],
  ["pt", "gosto do mar"],
  ["pt", "quero ter mais informações"],
  ["pt", "vou ter 40 pessoas"],
  ["pt", "educação e sex appeal"],
  ["pt", "30 seg de espera"],
  ["pt", "a segunda opção"],
  ["pt", "Dom Casmurro"],
  ["es", "un vino Dom Perignon"],
  ["en", "we sat in the sun"],
  ["en", "they wed young"],
  ["es", "quero ter um mar de cajas"],
  ["es", "necesito 2.500 cajas"],
  ["es", "la segunda opción"],
  ["es", "por la mañana"],
  ["es", "somos 2-3"],
  ["en", "I may need 400"],
  ["en", "we are 40 people"],
  ["pt", "umas 800"],
];

for (const [language, text] of dateless) {
  Deno.test(`readDates() finds no day in "${text}" (${language})`, () => {
    assert.deepEqual(readDates(text, language, moment), []);
  });
}

Deno.test("readDates() counts from the tenant's day, not from UTC's", () => {
  const lateInLima = { now: "2026-11-22T03:00:00Z", timeZone: "America/Lima" };

  assert.equal(readDates("mañana", "es", lateInLima)[0]?.date, "2026-11-22");
});

const times: [string, string][] = [
  ["a las 5 de la tarde", "17:00"],
  ["5pm", "17:00"],
  ["17:30", "17:30"],
  ["a las 10", "10:00"],
  ["às 15h", "15:00"],
  ["15h30", "15:30"],
  ["at 3", "15:00"],
  ["9 in the morning", "09:00"],
  ["por la tarde", "por la tarde"],
];

for (const [text, time] of times) {
  Deno.test(`readTimes() reads "${text}" as ${time}`, () => {
    assert.deepEqual(readTimes(text).map((mention) => mention.time), [time]);
  });
}

for (const text of ["400 cajas", "10 pulgadas", "somos 5"]) {
  Deno.test(`readTimes() finds no time in "${text}"`, () => {
    assert.deepEqual(readTimes(text), []);
  });
}
