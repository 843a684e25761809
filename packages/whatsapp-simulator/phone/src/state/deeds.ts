import { act, postMessage } from "../api/simulator-api.ts";
import type { Pair } from "./use-sending.ts";
import { randomPhone } from "../dialogs/random-identity.ts";

/** What a customer, or the owner of the business, does now and then. Each rejects if the simulator does not take it. */
export interface Deeds {
  echo: (text: string) => Promise<void>;
  fromAd: (text: string) => Promise<void>;
  edit: (wamid: string, text: string) => Promise<void>;
  revoke: (wamid: string) => Promise<void>;
  react: (wamid: string) => Promise<void>;
  order: () => Promise<void>;
  answerForm: () => Promise<void>;
  shareContact: () => Promise<void>;
  changeNumber: () => Promise<void>;
  stopMarketing: () => Promise<void>;
}

/** The deeds of one chat. */
export function deedsOf({ customer, phoneNumberId }: Pair): Deeds {
  const write = (message: Record<string, unknown>) =>
    postMessage(customer, { phone_number_id: phoneNumberId, ...message });
  const person = `/customers/${encodeURIComponent(customer)}`;
  return {
    echo: (text) => act(`/numbers/${phoneNumberId}/echoes`, { customer, text }),
    fromAd: (text) =>
      write({
        type: "text",
        text,
        referral: {
          source_url: "https://fb.me/example",
          source_id: "120210000000000000",
          source_type: "ad",
          headline: "Example ad",
          body: "Write to us",
          media_type: "image",
          ctwa_clid: `click-${crypto.randomUUID()}`,
        },
      }),
    edit: (wamid, text) => write({ type: "edit", message_id: wamid, text }),
    revoke: (wamid) => write({ type: "revoke", message_id: wamid }),
    react: (wamid) => write({ type: "reaction", message_id: wamid, emoji: "👍" }),
    order: () =>
      write({
        type: "order",
        catalog_id: "catalogue",
        product_items: [{ product_retailer_id: "box-10", quantity: 2, item_price: 3.5, currency: "USD" }],
      }),
    answerForm: () =>
      write({ type: "flow_reply", response: { name: "Ana", quantity: 200, flow_token: "t1" } }),
    shareContact: () =>
      write({
        type: "contacts",
        contacts: [{
          name: { formatted_name: "Luis Vargas", first_name: "Luis" },
          phones: [{ phone: "+591 700 11111", wa_id: "59170011111", type: "CELL" }],
        }],
      }),
    changeNumber: () => act(`${person}/change`, { phone: randomPhone() }),
    stopMarketing: () => act(`${person}/preferences`, { value: "stop", phone_number_id: phoneNumberId }),
  };
}
