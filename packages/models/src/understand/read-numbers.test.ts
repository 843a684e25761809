import assert from "node:assert/strict";
import { readNumbers } from "./read-numbers.ts";

const counts: [string, number][] = [
  ["unas cuatrocientas", 400],
  ["cuatrocientas cincuenta cajas", 450],
  ["dos mil quinientas", 2500],
  ["treinta y cinco", 35],
  ["media docena", 6],
  ["una docena", 12],
  ["tres docenas de vasos", 36],
  ["un par de miles", 2000],
  ["necesito mil", 1000],
  ["ciento veinte invitados", 120],
  ["3 y medio", 3.5],
  ["2.500", 2500],
  ["1.200.000", 1200000],
  ["400cajas", 400],
  ["four hundred", 400],
  ["two thousand five hundred", 2500],
  ["one hundred and twenty", 120],
  ["twenty-five", 25],
  ["a couple hundred", 200],
  ["half a dozen", 6],
  ["1,200", 1200],
  ["10k", 10000],
  ["2.5k", 2500],
  ["uns 2 mil", 2000],
  ["umas quatrocentas", 400],
  ["cento e vinte", 120],
  ["duas dúzias", 24],
  ["meia dúzia", 6],
  ["vinte e cinco pessoas", 25],
  ["dois mil e quinhentos", 2500],
];

for (const [text, value] of counts) {
  Deno.test(`readNumbers() counts ${value} in "${text}"`, () => {
    const plain = readNumbers(text).filter((mention) => mention.kind === "plain");

    assert.deepEqual(plain.map((mention) => mention.value), [value]);
  });
}

const kinds: [string, string, number][] = [
  ["pizza de 10 pulgadas", "measure", 10],
  ["a 12 inch box", "measure", 12],
  ["caixas de 20 cm", "measure", 20],
  ["2 kg de harina", "measure", 2],
  ["en 48 horas", "duration", 48],
  ["$1,500", "money", 1500],
  ["R$ 2.000", "money", 2000],
  ["200 mil dólares", "money", 200000],
  ["20%", "percent", 20],
  ["a las 5", "time", 5],
  ["una caja", "article", 1],
];

for (const [text, kind, value] of kinds) {
  Deno.test(`readNumbers() takes "${text}" for a ${kind}, not for a count`, () => {
    const found = readNumbers(text).map((mention) => [mention.kind, mention.value]);

    assert.deepEqual(found, [[kind, value]]);
  });
}

for (const text of ["10x20", "hola", "COVID19 no", "4x4", ""]) {
  Deno.test(`readNumbers() finds no number in "${text}"`, () => {
    assert.deepEqual(readNumbers(text), []);
  });
}

Deno.test("readNumbers() names what is counted", () => {
  const nouns = readNumbers("400 cajas para pizza de 10 pulgadas").map((mention) => mention.noun);

  assert.deepEqual(nouns, ["cajas", "pulgadas"]);
});
