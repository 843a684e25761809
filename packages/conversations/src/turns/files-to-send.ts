import type { OutboundContent } from "@app/contracts/mod.ts";
import type { Effect } from "@app/sales-engine/mod.ts";
import type { SharedFile } from "./opened-turn.ts";

/** The files that a turn decided to send, as messages after its replies. One that is gone by now is left out. Pure. */
export function filesToSend(effects: Effect[], files: SharedFile[]): OutboundContent[] {
  return effects.flatMap((effect): OutboundContent[] => {
    if (effect.kind !== "send_media") return [];
    const file = files.find(({ name }) => name === effect.name);
    if (!file) return [];
    const type = kindOf(file.mime_type);
    return [{
      type,
      storedMediaId: file.media_id,
      ...(effect.caption !== "" && type !== "audio" && { caption: effect.caption }),
      ...(type === "document" && { fileName: file.file_name ?? file.name }),
    }];
  });
}

/** Pictures and films that phones show are sent as such; everything else is a document. */
function kindOf(mimeType: string): "image" | "video" | "audio" | "document" {
  if (mimeType === "image/jpeg" || mimeType === "image/png") return "image";
  if (mimeType === "video/mp4") return "video";
  return mimeType.startsWith("audio/") ? "audio" : "document";
}
