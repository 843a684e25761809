import assert from "node:assert/strict";
import { buildMessage, buildSnapshot, demoMachines } from "../../testing.ts";
import { countBotTurns } from "./count-bot-turns.ts";

const start = Date.parse("2026-11-30T12:00:00.000Z");

/** A conversation: what the other side wrote, each so long after our last message. */
function count(texts: string[], afterMs: number, changes: { tapId?: string } = {}): number {
  let now = start;
  const messages = texts.flatMap((content, index) => {
    const said = buildMessage({ from: "bot", content: "¿Algo más?", at: new Date(now).toISOString() });
    now += afterMs;
    const heard = buildMessage({ content, at: new Date(now).toISOString(), ...changes });
    now += 1_000;
    return index === 0 ? [heard] : [said, heard];
  });
  return countBotTurns(
    buildSnapshot(demoMachines.gym, { history: messages.slice(0, -1), pending: messages.slice(-1) }),
  );
}

Deno.test("countBotTurns() counts an automatic answer that comes again and again", () => {
  const text = (ticket: number) =>
    `Gracias por su mensaje. Su número de atención es ${ticket}. Le responderemos pronto.`;
  assert.deepEqual(
    [1, 2, 3, 5].map((turns) => count(Array.from({ length: turns }, (_, n) => text(900 + n)), 20_000)),
    [
      0,
      2,
      3,
      5,
    ],
  );
});

Deno.test("countBotTurns() counts long answers that nobody could have written so soon", () => {
  const texts = [
    "Estimado cliente, nuestro horario de atención es de lunes a viernes.",
    "¿Desea conocer nuestras promociones de la semana?",
    "Para más información visite nuestra página en internet hoy.",
  ];
  assert.equal(count(texts, 800), 3);
  assert.equal(count(texts, 9_000), 0);
});

Deno.test("countBotTurns() takes short answers, taps and second thoughts for a person's", () => {
  assert.equal(count(["sí", "sí", "sí", "sí", "sí", "sí"], 4_000), 0);
  assert.equal(
    count(["Quiero el plan anual, por favor", "Quiero el plan anual, por favor"], 900, { tapId: "annual" }),
    0,
  );
  assert.equal(
    count(["necesito 400 cajas de pizza grandes", "mejor 500, de las chicas y con logo"], 6_000),
    0,
  );
});
