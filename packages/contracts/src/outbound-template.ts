import { z } from "zod";

/**
 * A value that fills a template. All values of a component have a name, or none has: then the order counts. No line
 * breaks, tabs or more than four spaces in a row, which WhatsApp refuses (132018).
 */
const value = z.object({
  text: z.string().min(1).max(1024),
  /** For templates with named values, such as `{{first_name}}`. */
  name: z.string().regex(/^[a-z0-9_]{1,100}$/).optional(),
});

const header = z.discriminatedUnion("type", [
  z.object({ type: z.literal("text"), ...value.shape }),
  z.object({
    type: z.enum(["image", "video", "document"]),
    mediaExternalId: z.string().min(1).max(500).optional(),
    link: z.url({ protocol: /^https?$/ }).max(2000).optional(),
    storedMediaId: z.uuid().optional(),
    fileName: z.string().max(240).optional(),
  }),
  z.object({
    type: z.literal("location"),
    latitude: z.number().min(-90).max(90),
    longitude: z.number().min(-180).max(180),
    name: z.string().min(1).max(1000),
    address: z.string().min(1).max(1000),
  }),
]);

/** Ten at most; `index` is the button's place in the template, from 0. */
const index = z.number().int().min(0).max(9);

const button = z.discriminatedUnion("kind", [
  /** `payload` comes back when it is tapped. */
  z.object({ kind: z.literal("quick_reply"), index, payload: z.string().min(1).max(256) }),
  /** `text` is put at the end of the template's address. */
  z.object({ kind: z.literal("url"), index, text: z.string().min(1).max(2000) }),
  z.object({ kind: z.literal("copy_code"), index, code: z.string().min(1).max(15) }),
  z.object({
    kind: z.literal("flow"),
    index,
    token: z.string().min(1).max(500).optional(),
    data: z.record(z.string(), z.unknown()).optional(),
  }),
]);

/** An approved template, filled; the only thing that may go out when the reply window is closed. */
export const templateContent = z.object({
  type: z.literal("template"),
  name: z.string().regex(/^[a-z0-9_]{1,512}$/),
  /** Such as `es_MX`. */
  language: z.string().regex(/^[a-z]{2,3}(_[A-Z]{2,4})?$/),
  header: header.optional(),
  body: z.array(value).max(100).optional(),
  buttons: z.array(button).max(10).optional(),
});
