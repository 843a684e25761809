import { useEffect } from "react";
import { onPartMissing, showToast } from "@app/ui/mod.ts";
import { useSpeech } from "../lib/speech.ts";

/** Tells of menus and the like whose code could not be fetched, and offers to open the app anew. Shows nothing by itself. */
export function MissingParts() {
  const { words } = useSpeech();
  useEffect(() =>
    onPartMissing(() =>
      showToast({
        text: words.partMissing.text,
        isError: true,
        action: { label: words.partMissing.reload, onPress: () => location.reload() },
      })
    ), [words]);
  return null;
}
