import type { Customer } from "../../../src/ledger-event.ts";
import type { PhoneNumber } from "../api/simulator-api.ts";
import type { PhoneMessage, PhoneState } from "../state/phone-model.ts";

/** One line of the list. */
export interface ListedChat {
  key: string;
  customer: Customer;
  number: PhoneNumber;
  last: PhoneMessage | undefined;
  unread: number;
}

/** The chats whose customer and number are known, the newest first, that match the search. */
export function listChats(state: PhoneState, search: string): ListedChat[] {
  const wanted = plain(search);
  const listed: ListedChat[] = [];
  for (const [key, chat] of Object.entries(state.chats)) {
    const customer = state.customers[chat.customer];
    const number = state.numbers.find((each) => each.phone_number_id === chat.phoneNumberId);
    if (!customer || !number) continue;
    const last = chat.messages.at(-1);
    const text = [
      customer.name,
      customer.phone,
      customer.bsuid,
      number.name,
      JSON.stringify(last?.message ?? ""),
    ];
    if (plain(text.join(" ")).includes(wanted)) {
      listed.push({ key, customer, number, last, unread: chat.unread });
    }
  }
  return listed.sort((one, other) => (other.last?.at ?? "").localeCompare(one.last?.at ?? ""));
}

/** Without accents and capitals, so that "jose" finds "José". */
function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();
}
