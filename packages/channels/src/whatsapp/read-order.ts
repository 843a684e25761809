import { z } from "zod";
import type { JsonObject } from "./clean-json.ts";
import { truncate, truncateContent } from "./clean-text.ts";
import { amount, lenient, lenientString } from "./lenient.ts";
import type { MessageBody } from "./message-body.ts";
import { readPart } from "./read-part.ts";

const item = z.looseObject({
  product_retailer_id: lenientString,
  quantity: lenient(z.union([z.number(), z.string()])),
  item_price: lenient(amount),
  currency: lenient(z.string().max(10)),
});

const schema = z.looseObject({
  catalog_id: lenientString,
  text: lenientString,
  product_items: z.array(item).min(1),
});

/** Items that are read; Meta allows 100 in a cart. */
const maxItems = 1000;

/** Reads `type: "order"`: a cart from the catalogue; `content` is the customer's note and one line for each product. */
export function readOrder(message: JsonObject): MessageBody | null {
  const order = readPart(message, "order", schema);
  if (order === null) return null;
  const { catalog_id: catalogId, text: note = "", product_items: items } = order.fields;
  const lines = items.map(({ quantity, product_retailer_id: product }) =>
    `${quantity ?? "?"} × ${product ?? "?"}`
  );
  return {
    type: "order",
    content: truncateContent([note, ...lines].filter((line) => line !== "").join("\n")),
    payload: order.raw,
    order: {
      ...(catalogId !== undefined && { catalogId: truncate(catalogId, 500) }),
      ...(note !== "" && { note: truncateContent(note) }),
      items: items.slice(0, maxItems).map(readItem),
    },
  };
}

function readItem(
  { product_retailer_id: product, quantity, item_price: unitPrice, currency }: z.infer<typeof item>,
) {
  const count = amount.safeParse(quantity);
  return {
    ...(product !== undefined && { productId: truncate(product, 500) }),
    ...(count.success && { quantity: count.data }),
    ...(unitPrice !== undefined && { unitPrice }),
    ...(currency !== undefined && { currency }),
  };
}
