import type { MessageContext, Referral } from "@app/contracts/mod.ts";
import { z } from "zod";
import { isJsonObject, type JsonObject } from "./clean-json.ts";
import { truncate } from "./clean-text.ts";
import { lenient, lenientString, providerId } from "./lenient.ts";
import type { MessageBody } from "./message-body.ts";

const contextSchema = z.looseObject({
  id: lenient(providerId),
  forwarded: lenient(z.boolean()),
  frequently_forwarded: lenient(z.boolean()),
  referred_product: lenient(z.looseObject({ catalog_id: lenientString, product_retailer_id: z.string() })),
});

const referralSchema = z.looseObject({
  source_type: lenientString,
  source_id: lenientString,
  source_url: lenientString,
  headline: lenientString,
  body: lenientString,
  media_type: lenientString,
  ctwa_clid: lenientString,
  welcome_message: lenient(z.looseObject({ text: lenientString })),
});

/**
 * Adds what the head of a message says about where it stands: the message that it quotes, forwarded or not, the product
 * asked about, the ad that was tapped. A body that names a message itself keeps that one.
 */
export function withSurroundings(body: MessageBody, { context, referral }: JsonObject): MessageBody {
  const quoted = isJsonObject(context) ? contextSchema.safeParse(context).data : undefined;
  const ad = isJsonObject(referral) ? referralSchema.safeParse(referral).data : undefined;
  if (quoted === undefined && ad === undefined) return body;
  const { id: _id, from: _from, ...facts } = isJsonObject(context) ? context : {};
  const replyTo = body.replyTo ?? quoted?.id;
  const typed = quoted && readContext(quoted);
  return {
    ...body,
    payload: {
      ...body.payload,
      ...(Object.keys(facts).length > 0 && { context: facts }),
      ...(ad !== undefined && { referral }),
    },
    ...(replyTo !== undefined && { replyTo }),
    ...(typed && { context: typed }),
    ...(ad && { referral: readReferral(ad) }),
  };
}

function readContext(
  { forwarded, frequently_forwarded: isOften, referred_product: product }: z.infer<typeof contextSchema>,
): MessageContext | undefined {
  if (forwarded !== true && isOften !== true && product === undefined) return undefined;
  return {
    ...((forwarded === true || isOften === true) && { forwarded: isOften === true ? "often" : "once" }),
    ...(product && {
      product: {
        ...(product.catalog_id !== undefined && { catalogId: truncate(product.catalog_id, 500) }),
        productId: truncate(product.product_retailer_id, 500),
      },
    }),
  };
}

function readReferral(ad: z.infer<typeof referralSchema>): Referral {
  const parts: [keyof Referral, string | undefined, number][] = [
    ["sourceType", ad.source_type, 500],
    ["sourceId", ad.source_id, 500],
    ["sourceUrl", ad.source_url, 2000],
    ["headline", ad.headline, 500],
    ["body", ad.body, 2000],
    ["mediaType", ad.media_type, 500],
    ["clickId", ad.ctwa_clid, 2000],
    ["greeting", ad.welcome_message?.text, 2000],
  ];
  return Object.fromEntries(
    parts.flatMap(([name, text, max]) => text === undefined ? [] : [[name, truncate(text, max)]]),
  );
}
