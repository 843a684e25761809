import assert from "node:assert/strict";
import fc from "fast-check";
import { type ModelRequest, parseMachine, runTurn } from "../../mod.ts";
import { buildMessage, buildProposal, buildSnapshot, demoMachines } from "../../testing.ts";
import { attacks } from "./attacks.ts";

const machine = demoMachines.packagingWholesaler;

/** What stands outside every fence. */
function outside(text: string): string {
  return text.replace(/⟦[^⟦⟧]*⟧/g, "");
}

Deno.test("300 attacks stand inside the fence and nowhere else, wherever a customer can put them", async () => {
  assert.equal(new Set(attacks).size, 300);
  for (const attack of attacks) {
    const requests: ModelRequest[] = [];
    const marked = `${attack} Zq7Zq7`;
    const snapshot = buildSnapshot(machine, {
      pending: [
        buildMessage({ content: marked }),
        buildMessage({ type: "image", content: marked }),
        buildMessage({ type: "document", content: "", fileName: marked }),
        buildMessage({ type: "interactive", content: marked, tapId: marked }),
      ],
      history: [buildMessage({ content: marked }), buildMessage({ from: "agent", content: marked })],
      contact: { name: marked, attributes: { [marked]: marked }, summaries: [marked] },
      session: {
        state: "qualify",
        variables: { company: marked, product: marked },
        summary: marked,
        language: "es",
      },
      media: [{ name: marked, description: marked }],
    });
    await runTurn({ ...snapshot, tenant: { ...snapshot.tenant, settings: { secret: "sk-live-Xx9Xx9" } } }, {
      clock: { nowMs: () => 0 },
      model: {
        name: "recorder",
        complete(request) {
          requests.push(request);
          return Promise.resolve({
            answer: buildProposal(),
            model: "recorder",
            inputTokens: 0,
            cachedTokens: 0,
            outputTokens: 0,
            costUsd: 0,
          });
        },
      },
    });
    for (const { blocks, tools, schema } of requests) {
      const [prefix, turn] = blocks.map(({ text }) => text);
      assert.ok(turn?.includes("Zq7Zq7"), "the attack was not shown at all");
      assert.ok(!outside(turn ?? "").includes("Zq7Zq7"), attack);
      assert.ok(!/[⟦⟧]/.test(outside(turn ?? "")), attack);
      assert.ok(!prefix?.includes("Zq7Zq7"));
      assert.ok(
        !JSON.stringify([blocks, tools, schema]).includes("sk-live-Xx9Xx9"),
        "a secret is in the prompt",
      );
    }
  }
});

const manyFields = parseMachine({
  version: 1,
  initial: "ask",
  persona: { name: "Ana", tone: "kind", languages: ["es"] },
  states: {
    ask: {
      objective: "Know everything",
      allowed_transitions: [{ to: "end", when: "known" }],
      fields: Object.fromEntries(
        Array.from(
          { length: 500 },
          (_, index) => [`field_${index}`, { type: "string", description: "A text" }],
        ),
      ),
    },
    end: { objective: "Say goodbye", final: true },
  },
});

Deno.test("writePrompt() is bounded for 10,000 messages and 500 fields, keeps the newest, and begins with the same bytes", async () => {
  const { writePrompt } = await import("../prompt.ts");
  const beginnings = new Set<string>();
  const property = fc.property(
    fc.nat(10_000),
    fc.integer({ min: 1, max: 10_000 }),
    fc.nat(500),
    fc.constantFrom("a", "⟧", "😀", "\n", "ñ"),
    (past, fresh, fields, letter) => {
      const write = (length: number, mark: string) =>
        Array.from(
          { length },
          (_, seq) => buildMessage({ seq, content: `${mark}${seq} ${letter.repeat(4_090)}` }),
        );
      const snapshot = buildSnapshot(manyFields, {
        history: write(past, "h"),
        pending: write(fresh, "p"),
        session: {
          variables: Object.fromEntries(
            Array.from({ length: fields }, (_, n) => [`field_${n}`, letter.repeat(1_000)]),
          ),
          summary: letter.repeat(100_000),
        },
        contact: {
          name: letter.repeat(5_000),
          attributes: Object.fromEntries(
            Array.from({ length: 500 }, (_, n) => [`${letter}${n}`, letter.repeat(9_000)]),
          ),
          summaries: Array.from({ length: 50 }, () => letter.repeat(9_000)),
        },
      });
      const [prefix, turn] = writePrompt(snapshot, "ask");
      beginnings.add(prefix?.text ?? "");
      assert.ok((turn?.text.length ?? 0) < 64_000, `${turn?.text.length}`);
      // Blanks at the end of a message are not kept.
      const holds = (mark: string) => new RegExp(`⟦customer: ${mark}[ ⟧]`).test(turn?.text ?? "");
      assert.ok(holds(`p${fresh - 1}`), "the newest message is missing");
      if (past > 0) assert.ok(holds(`h${past - 1}`));
    },
  );
  fc.assert(property, { numRuns: 25, seed: 7, examples: [[10_000, 10_000, 500, "a"]] });
  assert.equal(beginnings.size, 1);
});
