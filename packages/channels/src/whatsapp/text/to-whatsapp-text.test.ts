import assert from "node:assert/strict";
import fc from "fast-check";
import { toWhatsAppText } from "./to-whatsapp-text.ts";

const cases: [what: string, markdown: string, text: string][] = [
  ["bold", "Es **muy** bueno", "Es *muy* bueno"],
  ["bold with an underscore", "Es __muy__ bueno", "Es *muy* bueno"],
  ["italics", "Es _muy_ bueno", "Es _muy_ bueno"],
  ["bold italics", "Es ***muy*** bueno", "Es _*muy*_ bueno"],
  ["WhatsApp's own bold", "Es *muy* bueno", "Es *muy* bueno"],
  ["what is struck through", "~~$500~~ $450", "~$500~ $450"],
  ["a tilde for about", "~4 cajas o ~5", "~4 cajas o ~5"],
  ["code", "usa `CAJA10` hoy", "usa `CAJA10` hoy"],
  ["a block of code", "```js\nlet a *b* = 1;\n```", "```\nlet a *b* = 1;\n```"],
  ["headings", "# Cotización\n\n## Cajas de **10**\nTexto", "*Cotización*\n\n*Cajas de 10*\nTexto"],
  [
    "a link",
    "Mira [el catálogo](https://a.mx/c?x=1_2_3) hoy",
    "Mira el catálogo: https://a.mx/c?x=1_2_3 hoy",
  ],
  ["a link that says its address", "[https://a.mx](https://a.mx)", "https://a.mx"],
  ["a bare address", "Entra a https://a.mx/a_b_c*d* ya", "Entra a https://a.mx/a_b_c*d* ya"],
  ["an address in brackets", "<https://a.mx>", "https://a.mx"],
  ["mail and phone", "[Escríbenos](mailto:a@b.mx) o [llama](tel:+5255)", "Escríbenos: a@b.mx o llama: +5255"],
  ["a link to nowhere", "[aquí](#precios) y [esto](javascript:alert(1))", "aquí y esto"],
  ["a picture", "![Caja](https://a.mx/c.jpg)", "Caja: https://a.mx/c.jpg"],
  ["bullets of all signs", "* uno\n* dos", "- uno\n- dos"],
  ["numbers", "3. tres\n4. cuatro", "3. tres\n4. cuatro"],
  ["lists in lists", "1. uno\n   - a\n   - b\n2. dos", "1. uno\n   - a\n   - b\n2. dos"],
  ["tasks", "- [x] pagado\n- [ ] enviado", "- ☑ pagado\n- ☐ enviado"],
  ["a plus that is no bullet", "$450\n+ IVA", "$450\n+ IVA"],
  ["a quote", "> dijo **sí**\n> y ya", "> dijo *sí*\n> y ya"],
  ["a rule", "uno\n\n---\n\ndos", "uno\n\ndos"],
  [
    "a table of pairs",
    "| Tamaño | Precio |\n|---|---:|\n| 10 | **$4.50** |\n| 12 | $6 |",
    "*Tamaño: Precio*\n- 10: *$4.50*\n- 12: $6",
  ],
  [
    "a wider table",
    "| Caja | Precio | Mínimo |\n|---|---|---|\n| 10 | $4.50 | 400 |\n| 12 | $6 | |",
    "*Caja*\n- 10: Precio $4.50 · Mínimo 400\n- 12: Precio $6",
  ],
  ["products of numbers", "10*12*4 cm y 2 * 3 * 4", "10*12*4 cm y 2 * 3 * 4"],
  ["names with underscores", "BOX_10_MX y order_id_7", "BOX_10_MX y order_id_7"],
  ["bold that touches a number", "**Precio:**450", "Precio:450"],
  ["bold before a currency", "**Precio:** $450", "*Precio:* $450"],
  ["bold over lines", "**uno\ndos**", "*uno*\n*dos*"],
  ["bold inside a word", "in**cre**íble", "increíble"],
  ["escaped signs", "5 \\* 3 \\_ 2", "5 * 3 _ 2"],
  ["entities", "Cajas &amp; bolsas &lt;hoy&gt;", "Cajas & bolsas <hoy>"],
  ["HTML of layout", "uno<br>dos <b>tres</b>", "uno\ndos tres"],
  ["words in angle brackets", "Escribe <tu nombre> aquí", "Escribe <tu nombre> aquí"],
  ["paragraphs and lines", "uno\ndos\n\n\n\ntres", "uno\ndos\n\ntres"],
  ["nothing", " \n\n ", ""],
];

for (const [what, markdown, text] of cases) {
  Deno.test(`toWhatsAppText() writes ${what}`, () => {
    assert.equal(toWhatsAppText(markdown), text);
  });
}

Deno.test("toWhatsAppText() changes nothing the second time", () => {
  for (const [what, markdown] of cases) {
    // What was escaped, or an entity, is a sign of its own the second time.
    if (["escaped signs", "entities"].includes(what)) continue;
    const once = toWhatsAppText(markdown);
    assert.equal(toWhatsAppText(once), once, what);
  }
});

Deno.test("toWhatsAppText() loses no letter or number of a plain text", () => {
  const word = fc.constantFrom(
    "hola",
    "400",
    "cajas",
    "**sí**",
    "_ya_",
    "$4.50",
    "a*b",
    "#1",
    "1.",
    "-",
    ">",
    "|",
    "\n",
    "\n\n",
    "`x`",
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 40 }), (words) => {
      const text = words.join(" ");
      const letters = (of: string) => of.match(/\p{L}|\p{N}/gu)?.join("") ?? "";
      assert.equal(letters(toWhatsAppText(text)), letters(text));
    }),
    { numRuns: 1_000 },
  );
});

Deno.test("toWhatsAppText() leaves no doubled mark around words", () => {
  for (const [, markdown] of cases) assert.doesNotMatch(toWhatsAppText(markdown), /\*\*\w|~~\w|__\w|^#/m);
});

Deno.test("toWhatsAppText() survives whatever a model writes, quickly", () => {
  fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 500 }), (text) => void toWhatsAppText(text)), {
    numRuns: 1_000,
  });
  const units = [
    "*",
    "_",
    "[",
    "](",
    "`",
    "> ",
    "- ",
    "|",
    "<",
    "**a",
    "[a](",
    "&amp;",
    "  - ",
    "\\",
    "~~",
    "1. ",
    "#",
    "| a |\n",
    "<b ",
    "*a_",
  ];
  for (const unit of units) {
    const start = performance.now();
    toWhatsAppText(unit.repeat(Math.floor(8_192 / unit.length)));
    assert.ok(performance.now() - start < 15_000, `${unit}: ${performance.now() - start} ms`);
  }
});
