import type { ChatContent, ChatLabels } from "@app/ui/mod.ts";

/** A message in one line. */
export function previewOf(content: ChatContent, labels: ChatLabels): string {
  if ("text" in content) return content.text;
  switch (content.kind) {
    case "image":
      return labels.pictureOf(content.caption ?? "");
    case "audio":
      return labels.voiceNote;
    case "document":
      return content.name;
    case "location":
      return content.name ?? labels.location;
    case "contacts":
      return content.names.join(", ");
    case "reaction":
      return `${labels.reaction} ${content.emoji}`;
    case "video":
      return content.caption ?? "Video";
    case "sticker":
      return labels.sticker;
    case "order":
      return content.note ?? labels.order;
    default:
      return labels.unknown(content.type);
  }
}
