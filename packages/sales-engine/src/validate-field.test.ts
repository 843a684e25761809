import assert from "node:assert/strict";
import { type FieldDefinition, validateField } from "../mod.ts";
import { demoMachines } from "../testing.ts";

function field(type: FieldDefinition["type"], changes: Partial<FieldDefinition> = {}): FieldDefinition {
  return { type, required: false, description: "d", pii: false, order: 0, ...changes };
}

/** The stored value, or the refusal's reason in angle brackets. */
function read(declared: FieldDefinition, value: unknown): unknown {
  const verdict = validateField(declared, value);
  return verdict.isValid ? verdict.value : `<${verdict.why}>`;
}

Deno.test("validateField() reads integers as people write them", () => {
  const cases: [unknown, unknown][] = [
    [400, 400],
    ["400", 400],
    ["1.000", 1000],
    ["1,500", 1500],
    ["1 500", 1500],
    ["12.345.678", 12345678],
    ["400 cajas", 400],
    ["-5", -5],
    ["1,234.00", 1234],
    [12.5, "<is not a whole number>"],
    ["5 o 6", "<is not one clear number>"],
    ["muchas", "<is not one clear number>"],
    [Infinity, "<is not one clear number>"],
    [1e300, "<is not a whole number>"],
    [true, "<is not a number>"],
    [{}, "<is not a text, number or boolean>"],
    ["  ", "<is empty>"],
  ];
  for (const [value, expected] of cases) {
    assert.deepEqual([value, read(field("integer"), value)], [value, expected]);
  }
});

Deno.test("validateField() reads numbers in both notations, and refuses what could be two", () => {
  assert.equal(read(field("number"), "1.234,56"), 1234.56);
  assert.equal(read(field("number"), "1,234.56"), 1234.56);
  assert.equal(read(field("number"), "12,5"), 12.5);
  assert.equal(read(field("number"), "$ 0.125"), 0.125);
  assert.equal(read(field("number"), "1.500"), "<is not one clear number>");
});

Deno.test("validateField() keeps numbers within their limits", () => {
  const age = field("integer", { min: 14, max: 100 });
  assert.equal(read(age, 13), "<is less than 14>");
  assert.equal(read(age, 14), 14);
  assert.equal(read(age, "101"), "<is more than 100>");
});

Deno.test("validateField() takes days of the calendar only", () => {
  assert.equal(read(field("date"), "2026-11-30"), "2026-11-30");
  assert.equal(read(field("date"), "2026-11-30T10:00:00Z"), "2026-11-30");
  assert.equal(read(field("date"), "2028-02-29"), "2028-02-29");
  assert.equal(read(field("date"), "2026-02-29"), "<is not a day of the calendar>");
  assert.equal(read(field("date"), "9999-01-01"), "<is not between 1900 and 2199>");
  assert.equal(read(field("date"), "mañana"), "<is not a date in the form YYYY-MM-DD>");
});

Deno.test("validateField() reads booleans in three languages", () => {
  for (const yes of [true, "Sí", "yes", "SIM", "true"]) assert.equal(read(field("boolean"), yes), true);
  for (const no of [false, "No", "não", "false", 0]) assert.equal(read(field("boolean"), no), false);
  assert.equal(read(field("boolean"), "tal vez"), "<is neither yes nor no>");
});

Deno.test("validateField() reads emails and phones", () => {
  assert.equal(read(field("email"), " Ana.Lopez+x@Example.com.ar "), "ana.lopez+x@example.com.ar");
  assert.equal(read(field("email"), "ana@@example.com"), "<is not an email address>");
  assert.equal(read(field("phone"), "+54 9 (11) 2233-4455"), "+5491122334455");
  assert.equal(read(field("phone"), "0054 11 2233 4455"), "+541122334455");
  assert.equal(read(field("phone"), "11 2233 4455"), "1122334455");
  assert.equal(read(field("phone"), "12"), "<has not 7 to 15 digits>");
  assert.equal(read(field("phone"), "call me"), "<is not a phone number>");
});

Deno.test("validateField() finds an option by value, label, alias, or with a slip", () => {
  const product = demoMachines.packagingWholesaler.states["need"]?.fields["product"];
  assert.ok(product);
  assert.equal(read(product, "pizza_box_10"), "pizza_box_10");
  assert.equal(read(product, "Cajas para pizza de 10 pulgadas"), "pizza_box_10");
  assert.equal(read(product, "400 cajas de pizza de 12 pulgadas, por favor"), "pizza_box_12");
  assert.equal(read(product, "bolssa kraft"), "kraft_bag");
  assert.equal(read(product, "COPOS DE CAFÉ"), "paper_cup");
  assert.match(String(read(product, "ladrillos")), /^<is not one of pizza_box_10, /);
  assert.match(String(read(product, "bolsas y vasos")), /^<could be kraft_bag or paper_cup>$/);
});

Deno.test("validateField() stores texts that a database can keep", () => {
  assert.equal(read(field("string"), "  Ana\0 \ud800 "), "Ana\ufffd \ufffd");
  assert.equal(read(field("string"), 12345), "12345");
  assert.equal(read(field("string"), "x".repeat(1001)), "<is longer than 1000 characters>");
});
