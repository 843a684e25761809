import { z } from "zod";
import type { JsonObject } from "./clean-json.ts";
import { truncateContent } from "./clean-text.ts";
import { lenient, lenientString } from "./lenient.ts";
import type { MessageBody } from "./message-body.ts";
import { readPart } from "./read-part.ts";

const item = z.looseObject({
  product_retailer_id: lenientString,
  quantity: lenient(z.union([z.number(), z.string()])),
});

const schema = z.looseObject({ text: lenientString, product_items: z.array(item).min(1) });

/** Reads `type: "order"`: a cart from the catalogue; `content` is the customer's note and one line for each product. */
export function readOrder(message: JsonObject): MessageBody | null {
  const order = readPart(message, "order", schema);
  if (order === null) return null;
  const lines = order.fields.product_items.map(({ quantity, product_retailer_id: product }) =>
    `${quantity ?? "?"} × ${product ?? "?"}`
  );
  const note = order.fields.text ?? "";
  return {
    type: "order",
    content: truncateContent([note, ...lines].filter((line) => line !== "").join("\n")),
    payload: order.raw,
  };
}
