import { z } from "zod";
import type { JsonObject } from "./clean-json.ts";
import { truncateContent } from "./clean-text.ts";
import { lenientString } from "./lenient.ts";
import type { MessageBody } from "./message-body.ts";
import { readPart } from "./read-part.ts";

// Meta sends numbers; strings are what its own API accepts for the same field.
const degrees = z.union([z.number(), z.string().regex(/^-?\d{1,3}(\.\d{1,20})?$/).transform(Number)]);

const schema = z.looseObject({
  latitude: degrees.pipe(z.number().min(-90).max(90)),
  longitude: degrees.pipe(z.number().min(-180).max(180)),
  name: lenientString,
  address: lenientString,
});

/** Reads `type: "location"`: the place by name and address, or its coordinates. */
export function readLocation(message: JsonObject): MessageBody | null {
  const location = readPart(message, "location", schema);
  if (location === null) return null;
  const { latitude, longitude, name, address } = location.fields;
  const place = [name, address].filter((part) => part !== undefined && part.trim() !== "").join(", ");
  return {
    type: "location",
    content: truncateContent(place === "" ? `${latitude}, ${longitude}` : place),
    payload: location.raw,
  };
}
