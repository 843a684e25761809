import type { SnapshotMessage } from "./snapshot.ts";

/** Names of the kinds that are more than text, as a model reads them. */
const kinds: Record<string, string> = {
  image: "image",
  audio: "voice note",
  video: "video",
  document: "document",
  sticker: "sticker",
  location: "location",
  contact: "contact",
  interactive: "tapped",
  reaction: "reaction",
  order: "order",
  template: "template",
  note: "internal note",
  system: "system",
  unsupported: "unsupported message",
};

/**
 * The message as a line for a model: `[voice note, 12 s]`, `[image] so it looks`, or simply its text; before it what it
 * answers and the ad that led here: `[answers "400 boxes"] yes`.
 */
export function describeMessage(message: SnapshotMessage): string {
  const { quoted, ad } = message;
  const answers = quoted &&
    (quoted.content.trim() === "" ? kinds[quoted.type] : JSON.stringify(quoted.content));
  const before = [
    ...(ad === undefined ? [] : [`[came from the ad ${JSON.stringify(ad)}]`]),
    ...(answers === undefined ? [] : [`[answers ${answers}]`]),
  ];
  return [...before, describeBody(message)].join(" ").trim();
}

function describeBody(message: SnapshotMessage): string {
  const kind = kinds[message.type];
  if (message.type === "text" || kind === undefined) return message.content;
  const length = message.durationMs === undefined ? [] : [`${Math.round(message.durationMs / 1000)} s`];
  const file = message.fileName === undefined ? [] : [message.fileName];
  const tap = message.tapId === undefined ? [] : [message.tapId];
  return `[${[kind, ...file, ...length, ...tap].join(", ")}] ${message.content}`.trim();
}

/** Whether there is nothing but a file: no words that a text model could understand. */
export function isBareMedia(message: SnapshotMessage): boolean {
  return message.content.trim() === "" && message.tapId === undefined && message.type !== "text";
}
