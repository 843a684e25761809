import assert from "node:assert/strict";
import { emptyState, type PhoneState } from "../state/phone-model.ts";
import { reducePhone } from "../state/phone-state.ts";
import { listChats } from "./list-chats.ts";

function stateWith(...names: string[]): PhoneState {
  const numbers = [{ phone_number_id: "100", display_phone_number: "+52 55 1", name: "Empaques" }];
  const customers = names.map((name, index) => ({
    id: `${index}`,
    bsuid: `MX.${index}`,
    name,
    shares_phone: true,
  }));
  const chats = customers.map(({ id }) => ({ phone_number_id: "100", customer: id, unread: 0 }));
  return reducePhone(emptyState, { type: "overview", overview: { numbers, customers, chats } });
}

Deno.test("listChats() finds names without accents and capitals", () => {
  const state = stateWith("José Núñez", "Beatriz");
  assert.deepEqual(listChats(state, "NUNEZ ").map((chat) => chat.customer.name), ["José Núñez"]);
  assert.equal(listChats(state, "empaques").length, 2);
  assert.equal(listChats(state, "nadie").length, 0);
});
