import { isJsonObject, type JsonObject } from "./clean-json.ts";
import { truncate } from "./clean-text.ts";
import { wholeNumber } from "./lenient.ts";
import type { BodyReader, MessageBody } from "./message-body.ts";
import { editReader, readRevoke } from "./read-change.ts";
import { readInteractive, readTemplateButton } from "./read-interactive.ts";
import { readLocation } from "./read-location.ts";
import { mediaReader } from "./read-media.ts";
import { readOrder } from "./read-order.ts";
import { readReaction } from "./read-reaction.ts";
import { readSharedContacts } from "./read-shared-contacts.ts";
import { withSurroundings } from "./read-surroundings.ts";
import { readSystem } from "./read-system.ts";
import { readText } from "./read-text.ts";

/** Meta's types of what people say, and who reads them. A map: a type may be any word, `constructor` too. */
const readers = new Map<unknown, BodyReader>([
  ["text", readText],
  ["image", mediaReader("image", "image")],
  ["audio", mediaReader("audio", "audio")],
  ["voice", mediaReader("voice", "audio")],
  ["video", mediaReader("video", "video")],
  ["document", mediaReader("document", "document")],
  ["sticker", mediaReader("sticker", "sticker")],
  ["interactive", readInteractive],
  ["button", readTemplateButton],
  ["location", readLocation],
  ["contacts", readSharedContacts],
  ["reaction", readReaction],
  ["order", readOrder],
  ["system", readSystem],
]);

/** Meta's types of what people do to messages. Apart, so that an edit holds no edit. */
const changeReaders = new Map<unknown, BodyReader>([
  ["edit", editReader((message) => readers.get(message.type)?.(message) ?? null)],
  ["revoke", readRevoke],
]);

/**
 * Reads what a message says, whoever wrote it. What is not what its type says, every type that is not known, and what
 * was said to a group becomes `unsupported` with its raw body.
 *
 * @param message The whole message; its strings are clean.
 */
export function readContent(message: JsonObject): MessageBody {
  const reader = readers.get(message.type) ?? changeReaders.get(message.type);
  const read = reader?.(message) ?? null;
  if (message.group_id !== undefined) return fromGroup(message, read);
  return read === null ? unsupported(message) : withSurroundings(read, message);
}

function fromGroup(message: JsonObject, read: MessageBody | null): MessageBody {
  const { group_id: groupId } = message;
  const hasId = typeof groupId === "string" && groupId.length <= 500;
  return {
    ...unsupported(message),
    ...(hasId && {
      group: { externalId: groupId, type: read?.type ?? "unsupported", content: read?.content ?? "" },
    }),
  };
}

function unsupported(message: JsonObject): MessageBody {
  const part = describeUnsupported(message);
  return {
    type: "unsupported",
    content: "",
    payload: message,
    needsAnswer: false,
    ...(Object.keys(part).length > 0 && { unsupported: part }),
  };
}

/** Meta's own word where it has one; else the type that we did not know or could not read. */
function describeUnsupported(
  { type, unsupported: part, errors }: JsonObject,
): MessageBody["unsupported"] & object {
  const [error] = Array.isArray(errors) ? errors : [];
  const { code, title } = isJsonObject(error) ? error : {};
  const known = wholeNumber.safeParse(code);
  const subtype = isJsonObject(part) ? part.type : type;
  return {
    ...(known.success && { code: known.data }),
    ...(typeof subtype === "string" && subtype !== "unsupported" && { subtype: truncate(subtype, 500) }),
    ...(typeof title === "string" && { title: truncate(title, 500) }),
  };
}
