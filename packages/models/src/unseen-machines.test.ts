import assert from "node:assert/strict";
import { parseMachine } from "@app/sales-engine/mod.ts";
import { Conversation } from "./testing/converse.ts";
import { customerFile, SimulatedCustomer } from "./testing/simulated-customer.ts";

const machines = [
  "dentist-appointment",
  "flower-delivery",
  "software-demo",
  "real-estate-visit",
  "restaurant-catering",
  "insurance-claim",
  "pet-hotel",
];

/** A patient seller needs about as many turns as there are fields, twice that with chit-chat. */
const mostTurns = 16;

function readJson(path: string): unknown {
  return JSON.parse(Deno.readTextFileSync(new URL(path, import.meta.url)));
}

for (const name of machines) {
  for (const language of ["es", "en", "pt"] as const) {
    Deno.test(`offlineModel() plays ${name} to its goal in ${language}`, async () => {
      const machine = parseMachine(readJson(`../testdata/machines/${name}.json`));
      const { tenant, goal, expected, [language]: script } = customerFile.parse(
        readJson(`../testdata/customers/${name}.json`),
      );
      const customer = new SimulatedCustomer(script);
      const conversation = new Conversation(machine, { tenant: { name: tenant, locale: language } });

      let botSaid: string | null = null;
      let calls = 0;
      for (let turn = 0; turn < mostTurns && conversation.state !== goal; turn++) {
        const result = await conversation.say(customer.write(botSaid));
        botSaid = result.replies.map((reply) => reply.text).join("\n");
        assert.deepEqual(result.evidence.refusals, [], conversation.lines.join("\n"));
        assert.equal(result.language, language, conversation.lines.join("\n"));
        if (result.escalation && conversation.state !== goal) calls++;
      }

      if (Deno.env.get("SHOW_DIALOGUES")) console.log(conversation.lines.join("\n"));
      assert.equal(conversation.state, goal, conversation.lines.join("\n"));
      assert.equal(calls, 0, conversation.lines.join("\n"));
      const known = Object.fromEntries(
        Object.keys(expected).map((key) => [key, conversation.variables[key]]),
      );
      const plain = (values: Record<string, unknown>) =>
        JSON.stringify(values).replaceAll("Lopes", "López").replaceAll("Lopez", "López");
      assert.equal(plain(known), plain(expected), conversation.lines.join("\n"));
    });
  }
}
