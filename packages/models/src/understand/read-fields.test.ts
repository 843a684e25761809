import assert from "node:assert/strict";
import { parseMachine, StateMachine } from "@app/sales-engine/mod.ts";
import type { Language } from "./languages.ts";
import { readMessage } from "./message-reading.ts";
import { readFields } from "./read-fields.ts";

const machine = StateMachine.of(parseMachine({
  version: 1,
  initial: "order",
  persona: { name: "Ana", tone: "kind", languages: ["es", "en", "pt"] },
  states: {
    order: {
      objective: "Take the order",
      allowed_transitions: [{ to: "done", when: "all is known" }],
      fields: {
        quantity: { type: "integer", required: true, description: "How many units", min: 10 },
        product: { type: "string", required: true, description: "What the customer needs" },
        delivery_date: { type: "date", required: true, description: "When it must be delivered" },
        material: {
          type: "enum",
          description: "Material",
          options: ["kraft", {
            value: "white_cardboard",
            label: { es: "cartón blanco", en: "white cardboard", pt: "papelão branco" },
          }],
        },
        with_logo: { type: "boolean", description: "Whether the logo is printed" },
        contact_name: { type: "string", description: "Name of the contact" },
        company: { type: "string", required: true, description: "Company name" },
        tax_id: { type: "string", required: true, description: "Tax id" },
        email: { type: "email", description: "Email" },
        phone: { type: "phone", description: "Phone" },
        city: { type: "string", description: "City of delivery" },
        budget: { type: "number", description: "Budget" },
        allergies: { type: "string", description: "Allergies" },
      },
    },
    done: { objective: "Done", final: true },
  },
}));

function read(
  text: string,
  asked: string | null,
  language: Language,
  variables: Record<string, unknown> = {},
) {
  const moment = { now: "2026-11-21T15:00:00Z", timeZone: "America/Lima" };
  const reading = readMessage(text, undefined, language, moment);
  return readFields([reading], { machine, state: "order", variables, asked, language });
}

const messages: [Language, string | null, string, Record<string, unknown>][] = [
  ["es", null, "hola, necesito 400 cajas para pizza de 10 pulgadas", {
    quantity: 400,
    product: "cajas para pizza de 10 pulgadas",
  }],
  ["es", null, "Soy Juan Pérez de Pizzería Luigi, quisiera unas 2 mil bolsas para el 15 de diciembre", {
    quantity: 2000,
    delivery_date: "2026-12-15",
    contact_name: "Juan Pérez",
    company: "Pizzería Luigi",
    product: "bolsas",
  }],
  ["en", null, "Hi, I'm John Smith from Acme Ltd. We need 1,200 pizza boxes by next Tuesday", {
    quantity: 1200,
    delivery_date: "2026-11-24",
    contact_name: "John Smith",
    company: "Acme Ltd.",
    product: "pizza boxes",
  }],
  ["pt", null, "Oi, sou a Maria da Padaria Sol, preciso de 2 mil caixas pra semana que vem", {
    quantity: 2000,
    delivery_date: "2026-11-23",
    contact_name: "Maria",
    company: "Padaria Sol",
    product: "caixas",
  }],
  ["es", "quantity", "unas cuatrocientas", { quantity: 400 }],
  ["en", "quantity", "let's say 5k", { quantity: 5000 }],
  ["pt", "quantity", "duas dúzias", { quantity: 24 }],
  ["es", "company", "Pizzería Luigi SAC", { company: "Pizzería Luigi SAC" }],
  ["es", "company", "soy de Pizzería Luigi, RUC 20123456789", {
    company: "Pizzería Luigi",
    tax_id: "20123456789",
  }],
  ["pt", "company", "é Padaria Sol Ltda, CNPJ 12.345.678/0001-90", {
    company: "Padaria Sol Ltda",
    tax_id: "12.345.678/0001-90",
  }],
  ["es", "company", "TiendaMía, CUIT 30-71234567-8", { company: "TiendaMía", tax_id: "30-71234567-8" }],
  ["en", "company", "It's Acme", { company: "Acme" }],
  ["es", "contact_name", "me llamo ana torres", { contact_name: "Ana Torres" }],
  ["en", "contact_name", "Anna Bell", { contact_name: "Anna Bell" }],
  ["es", "material", "kratf", { material: "kraft" }],
  ["es", "material", "el blanco", { material: "white_cardboard" }],
  ["en", "material", "the second one", { material: "white_cardboard" }],
  ["pt", "material", "papelao branco", { material: "white_cardboard" }],
  ["es", "with_logo", "sí, por favor", { with_logo: true }],
  ["pt", "with_logo", "não", { with_logo: false }],
  ["en", "with_logo", "nope, plain is fine", { with_logo: false }],
  ["es", "delivery_date", "para el martes, mi correo es Ana@X.com", {
    delivery_date: "2026-11-24",
    email: "ana@x.com",
  }],
  ["pt", "delivery_date", "pode ser sexta?", { delivery_date: "2026-11-27" }],
  ["es", "phone", "mi número es +51 999 888 777", { phone: "+51999888777" }],
  ["es", "city", "Lima", { city: "Lima" }],
  ["es", null, "vivo en Arequipa", { city: "Arequipa" }],
  ["en", "budget", "around $1,500", { budget: 1500 }],
  ["es", "allergies", "no, ninguna", { allergies: "no, ninguna" }],
];

for (const [language, asked, text, values] of messages) {
  Deno.test(`readFields() reads "${text}"${asked === null ? "" : ` as the answer for ${asked}`}`, () => {
    assert.deepEqual(read(text, asked, language).values, values);
  });
}

const nothing: [Language, string | null, string][] = [
  ["en", null, "how much for 400 boxes?"],
  ["es", "company", "¿para qué la quieren?"],
  ["es", "contact_name", "jaja qué calor"],
  ["es", "quantity", "no sé, cuánto es el mínimo?"],
  ["es", "tax_id", "no tengo"],
  ["es", "product", "hola, buenas tardes"],
  ["en", "delivery_date", "are you open on Sunday?"],
  ["es", "material", "no quiero el kraft"],
];

for (const [language, asked, text] of nothing) {
  Deno.test(`readFields() takes nothing from "${text}"`, () => {
    assert.deepEqual(read(text, asked, language).values, {});
  });
}

Deno.test("readFields() tells what was understood but is not allowed", () => {
  assert.deepEqual(read("media docena", "quantity", "es").refused, [{ name: "quantity", value: 6 }]);
});

Deno.test("readFields() hears that somebody does not know", () => {
  assert.equal(read("ni idea", "tax_id", "es").isDeclined, true);
});

Deno.test("readFields() changes what is known only when the customer corrects it", () => {
  const known = { quantity: 400, company: "Acme", product: "cajas", delivery_date: "2026-12-01" };

  assert.deepEqual(read("mejor que sean 600", null, "es", known).values, { quantity: 600 });
  assert.deepEqual(read("gracias, somos 3 en la oficina", null, "es", known).values, {});
});

Deno.test("readFields() knows the button that was tapped", () => {
  const moment = { now: "2026-11-21T15:00:00Z", timeZone: "America/Lima" };
  const reading = readMessage("Cartón blanco", "field:material:1", "es", moment);
  const fields = readFields([reading], {
    machine,
    state: "order",
    variables: {},
    asked: null,
    language: "es",
  });

  assert.deepEqual(fields.values, { material: "white_cardboard" });
});
