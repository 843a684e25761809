import { Smile } from "lucide-react";
import type { ComponentProps } from "react";
import { IconButton } from "@app/ui/mod.ts";
import { useSpeech } from "../../lib/speech.ts";

/** What opens the board of emoji; phones have it on their keyboard. */
export function EmojiButton(props: Partial<ComponentProps<typeof IconButton>>) {
  const { words } = useSpeech();
  return (
    <IconButton label={words.composer.emoji} data-testid="emoji" className="max-sm:hidden!" {...props}>
      <Smile size={21} aria-hidden="true" />
    </IconButton>
  );
}
