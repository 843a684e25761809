import { InvalidInput } from "@app/contracts/mod.ts";
import { cleanJson, isJsonObject, type Json, type JsonObject } from "./clean-json.ts";

const decoder = new TextDecoder();

/**
 * Parses the body of a delivery; its strings are clean.
 *
 * @throws {InvalidInput} If the body is not JSON, or not of a WhatsApp business account. Nothing else is thrown.
 */
export function parseBody(rawBody: Uint8Array): JsonObject {
  let root: Json;
  try {
    root = cleanJson(JSON.parse(decoder.decode(rawBody)));
  } catch (cause) {
    // The cause would quote the customer's text.
    const reason = cause instanceof Error ? cause.name : "unreadable";
    throw new InvalidInput(`Cannot read delivery of ${rawBody.length} bytes: ${reason}, want JSON`);
  }
  if (!isJsonObject(root) || root.object !== "whatsapp_business_account") {
    throw new InvalidInput(
      `Cannot read delivery of ${rawBody.length} bytes: want an object "whatsapp_business_account"`,
    );
  }
  return root;
}

/** The items of a list; what is no list has none. */
export function itemsIn(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}

/** The objects of a list. */
export function objectsIn(value: Json | undefined): JsonObject[] {
  return itemsIn(value).filter(isJsonObject);
}
