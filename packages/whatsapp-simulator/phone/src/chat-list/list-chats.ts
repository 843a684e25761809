import type { Customer } from "../../../src/ledger-event.ts";
import type { PhoneNumber } from "../api/simulator-api.ts";
import type { PhoneMessage, PhoneState } from "../state/phone-model.ts";

/** More than anyone reads; the others are found by search. */
const MOST = 200;

/** One line of the list. */
export interface ListedChat {
  key: string;
  customer: Customer;
  number: PhoneNumber;
  last: PhoneMessage | undefined;
  unread: number;
}

/** The chats whose customer and number are known, the newest first, that match the search; 200 at most. */
export function listChats(state: PhoneState, search: string): ListedChat[] {
  const wanted = plain(search);
  const numbers = new Map(state.numbers.map((number) => [number.phone_number_id, number]));
  const listed: ListedChat[] = [];
  for (const [key, chat] of Object.entries(state.chats)) {
    const customer = state.customers[chat.customer];
    const number = numbers.get(chat.phoneNumberId);
    if (!customer || !number) continue;
    const listedChat = { key, customer, number, last: chat.messages.at(-1), unread: chat.unread };
    if (wanted === "" || wordsOf(listedChat).includes(wanted)) listed.push(listedChat);
  }
  return listed.sort((one, other) => (one.last?.at ?? "") < (other.last?.at ?? "") ? 1 : -1).slice(0, MOST);
}

function wordsOf({ customer, number, last }: ListedChat): string {
  const words = [
    customer.name,
    customer.phone,
    customer.bsuid,
    number.name,
    JSON.stringify(last?.message ?? ""),
  ];
  return plain(words.join(" "));
}

/** Without accents and capitals, so that "jose" finds "José". */
function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();
}
