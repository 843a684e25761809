import assert from "node:assert/strict";
import { parseMachine } from "../parse-machine.ts";
import type { SnapshotMessage } from "../snapshot.ts";
import { proposeHandBack } from "./propose-hand-back.ts";

const machine = parseMachine({
  version: 1,
  initial: "qualify",
  persona: { name: "Ana", tone: "warm", languages: ["es"] },
  states: {
    qualify: {
      objective: "Know the box",
      allowed_transitions: [{ to: "done", when: "known" }],
      fields: {
        size: {
          type: "enum",
          description: "size",
          options: ["small", { value: "large", aliases: ["grande"] }],
        },
        mail: { type: "email", description: "mail" },
        city: { type: "string", description: "city" },
      },
    },
    done: { objective: "End", final: true },
  },
});
const now = "2026-11-30T14:30:00.000Z";

/** A stretch of messages, each said a minute after the other; who speaks stands before the colon. */
function propose(
  lines: string[],
  known: { state?: string | null; variables?: Record<string, unknown> } = {},
) {
  const messages = lines.map((line, place): SnapshotMessage => {
    const [from = "", ...words] = line.split(": ");
    return {
      id: String(place),
      seq: place,
      from: from === "agent" ? "agent" : "contact",
      type: "text",
      content: words.join(": "),
      at: new Date(Date.parse("2026-11-30T14:00:00Z") + place * 60_000).toISOString(),
    };
  });
  return proposeHandBack({
    now,
    timeZone: "America/La_Paz",
    machine,
    state: known.state ?? "qualify",
    variables: known.variables ?? {},
    messages,
  });
}

Deno.test("proposeHandBack() finds what people promised, when it is due and who can do it", () => {
  const { promises } = propose([
    "contact: ¿Me llaman mañana?",
    "agent: Claro. Le llamo mañana a las 9. Le enviaremos el catálogo hoy a las 17:00.",
    "agent: Y te escribo el viernes para recordarte el pago.",
  ]);
  assert.deepEqual(promises, [
    { text: "Le llamo mañana a las 9.", dueAt: "2026-12-01T13:00:00.000Z", doer: "person" },
    { text: "Le enviaremos el catálogo hoy a las 17:00.", dueAt: "2026-11-30T21:00:00.000Z", doer: "person" },
    {
      text: "Y te escribo el viernes para recordarte el pago.",
      dueAt: "2026-12-04T14:00:00.000Z",
      doer: "bot",
    },
  ]);
});

for (
  const said of [
    "¿Le llamo mañana?",
    "No le llamo mañana.",
    "Ya le envié el catálogo.",
    "Gracias por escribir.",
    "El envío es gratis.",
  ]
) {
  Deno.test(`proposeHandBack() takes "${said}" for no promise`, () => {
    assert.deepEqual(propose([`agent: ${said}`]).promises, []);
  });
}

Deno.test("proposeHandBack() reads promises in English and Portuguese", () => {
  const { promises } = propose([
    "agent: I'll get back to you in two hours.",
    "agent: Vou te ligar amanhã às 15h.",
  ]);
  assert.deepEqual(promises.map(({ dueAt, doer }) => [dueAt, doer]), [
    ["2026-11-30T16:00:00.000Z", "person"],
    ["2026-12-01T19:00:00.000Z", "person"],
  ]);
});

Deno.test("proposeHandBack() gives a promise without a time the next morning, and one that is overdue an hour", () => {
  assert.equal(propose(["agent: Le llamo."]).promises[0]?.dueAt, "2026-12-01T14:00:00.000Z");
  assert.equal(propose(["agent: Le llamo en 5 minutos."]).promises[0]?.dueAt, "2026-11-30T15:30:00.000Z");
});

Deno.test("proposeHandBack() takes what the customer promises or says twice for nothing", () => {
  assert.deepEqual(propose(["contact: Te llamo mañana."]).promises, []);
  assert.equal(propose(["agent: Le llamo mañana.", "agent: le llamo mañana"]).promises.length, 1);
});

Deno.test("proposeHandBack() takes fields only where the customer's words leave no doubt", () => {
  assert.deepEqual(propose(["contact: la grande, soy Ana@caja.bo"]).fields, {
    size: "large",
    mail: "ana@caja.bo",
  });
  assert.deepEqual(propose(["contact: small o grande?"]).fields, {});
  assert.deepEqual(propose(["contact: grande"], { variables: { size: "small" } }).fields, {});
  assert.deepEqual(propose(["agent: la grande"]).fields, {});
});

Deno.test("proposeHandBack() goes on where the bot stopped, with the person's last words", () => {
  assert.equal(propose(["agent: Hola", "contact: ok"], { state: "done" }).state, "done");
  assert.equal(propose([], { state: "gone" }).state, "qualify");
  assert.equal(propose(["agent: Hola", "contact: ok"]).note, "Hola");
  assert.equal(propose([]).note, "");
});
