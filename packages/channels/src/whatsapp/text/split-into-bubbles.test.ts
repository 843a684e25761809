import assert from "node:assert/strict";
import fc from "fast-check";
import { splitIntoBubbles } from "./split-into-bubbles.ts";

Deno.test("splitIntoBubbles() sends a bubble for each paragraph", () => {
  const text = "¡Hola, Ana!\n\nTenemos cajas de 10 pulgadas.\n\n¿Cuántas necesitas?";
  assert.deepEqual(split(text), ["¡Hola, Ana!", "Tenemos cajas de 10 pulgadas.", "¿Cuántas necesitas?"]);
});

Deno.test("splitIntoBubbles() joins the shortest neighbours where there are too many", () => {
  const text =
    "Uno.\n\nDos.\n\nEsta es una frase más larga que las otras dos.\n\nCuatro, también algo más larga.";
  assert.deepEqual(split(text, 60, 3), [
    "Uno.\n\nDos.",
    "Esta es una frase más larga que las otras dos.",
    "Cuatro, también algo más larga.",
  ]);
});

Deno.test("splitIntoBubbles() keeps a list together, with the line that announces it", () => {
  const list = "Tenemos estos tamaños:\n\n- 10 pulgadas\n- 12 pulgadas\n\n- 14 pulgadas";
  assert.deepEqual(split(`${list}\n\n¿Cuál quieres?`), [list, "¿Cuál quieres?"]);
});

Deno.test("splitIntoBubbles() tells one list from the next, and from a quote", () => {
  const parts = [
    "- uno\n\n- dos\n  más de dos",
    "1. tres\n   - a\n2. cuatro",
    "> dijo que sí\n> y ya",
    "Adiós.",
  ];
  assert.deepEqual(split(parts.join("\n\n")), parts);
});

Deno.test("splitIntoBubbles() ends before a list that fits into a bubble, rather than inside", () => {
  const list = "- 10 pulgadas\n- 12 pulgadas\n- 14 pulgadas";
  const text = `Hoy hay cajas de sobra. Son fuertes y baratas.\n${list}`;
  assert.deepEqual(split(text, 65), ["Hoy hay cajas de sobra. Son fuertes y baratas.", list]);
});

Deno.test("splitIntoBubbles() splits a list that is too long between its items", () => {
  const items = [1, 2, 3, 4, 5, 6].map((number) => `${number}. Caja número ${number}. Muy buena.`);
  const bubbles = split(items.join("\n"), 70);
  assert.deepEqual(bubbles.join("\n").split("\n"), items);
  assert.ok(bubbles.every((bubble) => /^\d\. /.test(bubble)));
});

Deno.test("splitIntoBubbles() splits a long paragraph after its sentences", () => {
  const text = "La caja cuesta poco. La entrega es rápida. El pago es sencillo.";
  assert.deepEqual(split(text, 45), ["La caja cuesta poco. La entrega es rápida.", "El pago es sencillo."]);
});

const sentences: [language: string, text: string, bubbles: string[]][] = [
  ["Spanish", "Le escribe el Sr. López de la Av. Juárez núm. 5. Mañana le llamo.", [
    "Le escribe el Sr. López de la Av. Juárez núm. 5.",
    "Mañana le llamo.",
  ]],
  ["English", "Please ask Mr. Smith or Dr. Jones, e.g. Tomorrow. We are open.", [
    "Please ask Mr. Smith or Dr. Jones, e.g. Tomorrow.",
    "We are open.",
  ]],
  ["Portuguese", "Fale com a Sra. Silva na R. Augusta, p. ex. Depois. Estamos aqui.", [
    "Fale com a Sra. Silva na R. Augusta, p. ex. Depois.",
    "Estamos aqui.",
  ]],
];

for (const [language, text, bubbles] of sentences) {
  Deno.test(`splitIntoBubbles() knows the abbreviations of ${language}`, () => {
    assert.deepEqual(split(text, 55), bubbles);
  });
}

const bound = [
  "$ 1 250.50",
  "R$ 1.250,00",
  "1 250 000",
  "450 MXN",
  "4.50 €",
  "USD 12.75",
  "+52 1 55 1234 5678",
  "10 x 12 x 4 cm",
  "400 pesos",
  "15 %",
  "núm. 77",
  "5 p.m.",
  "12\u00a0000",
  "https://tienda.example/cajas?id=10,12&x=a.b!c",
  "ventas@tienda.example",
  "*muy buen precio*",
  "_solo por hoy, Ana. De verdad_",
  "👩🏽‍🚀👨‍👩‍👧‍👦🇲🇽",
];

for (const whole of bound) {
  Deno.test(`splitIntoBubbles() never ends inside ${JSON.stringify(whole)}`, () => {
    for (let before = 0; before < 60; before += 1) {
      const text = `${"ab ".repeat(before)}cuesta ${whole} hoy, y mañana también y siempre`;
      const bubbles = split(text, 60);
      assert.ok(bubbles.some((bubble) => bubble.includes(whole)), JSON.stringify(bubbles));
    }
  });
}

Deno.test("splitIntoBubbles() sends nothing for nothing", () => {
  for (const text of ["", " ", "\n\n\t\u00a0"]) assert.deepEqual(split(text), []);
});

Deno.test("splitIntoBubbles() cuts a word that is longer than a bubble, between its characters", () => {
  const family = "👨‍👩‍👧‍👦";
  const bubbles = split(family.repeat(20), 50);
  assert.equal(bubbles.join(""), family.repeat(20));
  assert.ok(bubbles.every((bubble) => bubble.length % family.length === 0));
});

const anyText = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.constantFrom(...bound, "hola", "¿Qué tal?", "Bien.", "Sr.", "- uno", "1. dos", "así:"),
    },
    { weight: 4, arbitrary: fc.constantFrom(" ", " ", "\n", "\n\n", "\n- ", "\n\n\n", "\t", "```\n") },
    { weight: 1, arbitrary: fc.string({ unit: "grapheme" }) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(" \u0301", "é", "\u200d", "\u202e", "a".repeat(300), "🏽", "\r\n"),
    },
  ),
  { maxLength: 80 },
).map((parts) => parts.join(""));
const anyLimits = fc.record({
  maxLength: fc.integer({ min: 40, max: 400 }),
  maxBubbles: fc.integer({ min: 1, max: 6 }),
});

Deno.test("splitIntoBubbles() keeps all text, in order, within the length", () => {
  fc.assert(
    fc.property(anyText, anyLimits, (text, limits) => {
      const bubbles = splitIntoBubbles(text, limits);
      assert.equal(withoutSpace(bubbles.join("")), withoutSpace(text));
      for (const bubble of bubbles) {
        assert.ok(bubble.length <= limits.maxLength && bubble.trim() !== "" && text.includes(bubble));
      }
    }),
    { numRuns: 2_000 },
  );
});

Deno.test("splitIntoBubbles() keeps characters whole that fit into a bubble", () => {
  const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });
  const visible = (text: string) =>
    [...segmenter.segment(text)].map(({ segment }) => segment).filter((one) => one.trim() !== "");
  fc.assert(
    fc.property(anyText, anyLimits, (text, limits) => {
      const longest = Math.max(0, ...visible(text).map(({ length }) => length));
      fc.pre(longest <= limits.maxLength);
      assert.deepEqual(splitIntoBubbles(text, limits).flatMap(visible), visible(text));
    }),
    { numRuns: 1_000 },
  );
});

Deno.test("splitIntoBubbles() sends no more bubbles than wished for, where the text fits into one", () => {
  fc.assert(
    fc.property(anyText, fc.integer({ min: 1, max: 6 }), (text, maxBubbles) => {
      const bubbles = splitIntoBubbles(text, { maxLength: text.length + 2, maxBubbles });
      assert.ok(bubbles.length <= maxBubbles);
    }),
    { numRuns: 500 },
  );
});

Deno.test("splitIntoBubbles() is the same when done again", () => {
  fc.assert(
    fc.property(anyText, anyLimits, (text, limits) => {
      for (const bubble of splitIntoBubbles(text, limits)) {
        assert.equal(splitIntoBubbles(bubble, { ...limits, maxBubbles: 1 }).join("|"), bubble);
      }
    }),
    { numRuns: 500 },
  );
});

Deno.test("splitIntoBubbles() splits 100 KB in less than a second", () => {
  for (const unit of ["hola. ", "a", "\n\n", "a\n\n", "- x\n", "1 000 ", "*", "*a ", "_ a_", "- "]) {
    const start = performance.now();
    split(unit.repeat(100_000 / unit.length), 1000);
    assert.ok(performance.now() - start < 15_000, unit);
  }
});

function split(text: string, maxLength = 600, maxBubbles = 9): string[] {
  return splitIntoBubbles(text, { maxLength, maxBubbles });
}

function withoutSpace(text: string): string {
  return text.replace(/\s/g, "");
}
