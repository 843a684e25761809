import { z } from "zod";
import { templateContent } from "./outbound-template.ts";

/** An address that the provider fetches, or a person opens. */
const webAddress = z.url({ protocol: /^https?$/ }).max(2000);

/**
 * A file by the provider's id of an upload, by an address, or by our id of a file in the tenant's storage, which is
 * uploaded when the message is sent; one of the three.
 */
const file = {
  mediaExternalId: z.string().min(1).max(500).optional(),
  link: webAddress.optional(),
  storedMediaId: z.uuid().optional(),
};

const text = z.object({
  type: z.literal("text"),
  text: z.string().min(1).max(4096),
  /** Shows a picture of the first address in the text; default: no. */
  previewUrl: z.boolean().optional(),
});

const header = z.discriminatedUnion("type", [
  z.object({ type: z.literal("text"), text: z.string().min(1).max(60) }),
  z.object({
    type: z.enum(["image", "video", "document"]),
    ...file,
    fileName: z.string().max(240).optional(),
  }),
]);

const footer = z.string().min(1).max(60);
const aboveControls = z.string().min(1).max(1024);

const buttons = z.object({
  type: z.literal("buttons"),
  text: aboveControls,
  /** One to three; ids come back when one is tapped. */
  buttons: z.array(z.object({ id: z.string().min(1).max(256), title: z.string().min(1).max(20) })).min(1).max(
    3,
  ),
  header: header.optional(),
  footer: footer.optional(),
});

const list = z.object({
  type: z.literal("list"),
  text: z.string().min(1).max(4096),
  /** What opens the list. */
  button: z.string().min(1).max(20),
  /** Ten rows in all; each section has a title if there are several. */
  sections: z.array(z.object({
    title: z.string().min(1).max(24).optional(),
    rows: z.array(z.object({
      id: z.string().min(1).max(200),
      title: z.string().min(1).max(24),
      description: z.string().min(1).max(72).optional(),
    })).min(1).max(10),
  })).min(1).max(10),
  header: z.object({ type: z.literal("text"), text: z.string().min(1).max(60) }).optional(),
  footer: footer.optional(),
});

const ctaUrl = z.object({
  type: z.literal("cta_url"),
  text: aboveControls,
  label: z.string().min(1).max(20),
  url: webAddress,
  header: header.optional(),
  footer: footer.optional(),
});

const flow = z.object({
  type: z.literal("flow"),
  text: aboveControls,
  label: z.string().min(1).max(30),
  /** The form, by the provider's id or its name; one of the two. */
  flowId: z.string().min(1).max(200).optional(),
  flowName: z.string().min(1).max(200).optional(),
  /** Comes back with the answers. */
  token: z.string().min(1).max(500).optional(),
  /** Where it opens; without it the form asks its own endpoint. */
  screen: z.string().min(1).max(200).optional(),
  /** What the first screen is given; needs `screen`. */
  data: z.record(z.string(), z.unknown()).optional(),
  header: header.optional(),
  footer: footer.optional(),
});

const product = z.object({
  type: z.literal("product"),
  /** May be empty: the product shows itself. */
  text: z.string().max(1024).optional(),
  catalogId: z.string().min(1).max(200),
  productId: z.string().min(1).max(200),
  footer: footer.optional(),
});

const productList = z.object({
  type: z.literal("product_list"),
  text: aboveControls,
  title: z.string().min(1).max(60),
  catalogId: z.string().min(1).max(200),
  /** Thirty products in all; each section has a title if there are several. */
  sections: z.array(z.object({
    title: z.string().min(1).max(24).optional(),
    productIds: z.array(z.string().min(1).max(200)).min(1).max(30),
  })).min(1).max(10),
  footer: footer.optional(),
});

const media = z.object({
  type: z.enum(["image", "audio", "video", "document", "sticker"]),
  ...file,
  caption: z.string().max(1024).optional(),
  fileName: z.string().max(240).optional(),
  /** Audio that is shown as recorded now; the file is ogg with opus, mono. */
  isVoice: z.boolean().optional(),
});

const location = z.object({
  type: z.literal("location"),
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  name: z.string().max(1000).optional(),
  address: z.string().max(1000).optional(),
});

const locationRequest = z.object({ type: z.literal("location_request"), text: aboveControls });

/** Asks a person who hides their phone for it. */
const contactRequest = z.object({ type: z.literal("contact_request"), text: aboveControls });

const contacts = z.object({
  type: z.literal("contacts"),
  contacts: z.array(z.object({
    name: z.string().min(1).max(200),
    firstName: z.string().min(1).max(200).optional(),
    lastName: z.string().min(1).max(200).optional(),
    company: z.string().min(1).max(200).optional(),
    phones: z.array(z.object({
      phone: z.string().regex(/^\+?[\d ()-]{5,30}$/),
      /** Such as `CELL`, `WORK`. */
      kind: z.string().min(1).max(50).optional(),
      /** Digits; makes the card lead to a chat. */
      whatsapp: z.string().regex(/^\d{5,20}$/).optional(),
    })).min(1).max(20),
    emails: z.array(z.email().max(300)).max(20).optional(),
  })).min(1).max(20),
});

const reaction = z.object({
  type: z.literal("reaction"),
  /** The provider's id of the message; at most 30 days old. */
  messageExternalId: z.string().min(1).max(500),
  /** One emoji; `null` takes the reaction back. */
  emoji: z.string().min(1).max(100).nullable(),
});

/** What is to be said, before a channel turns it into its own words. Limits are WhatsApp's, the narrowest of all. */
export const outboundContent = z.discriminatedUnion("type", [
  text,
  buttons,
  list,
  ctaUrl,
  flow,
  product,
  productList,
  media,
  templateContent,
  location,
  locationRequest,
  contactRequest,
  contacts,
  reaction,
]);

/** Parsed form of {@linkcode outboundContent}. */
export type OutboundContent = z.infer<typeof outboundContent>;
