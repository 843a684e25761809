import { MoreVertical } from "lucide-react";
import type { ComponentProps } from "react";
import { IconButton } from "@app/ui/mod.ts";
import { useSpeech } from "../../lib/speech.ts";

/** What opens the menu of a conversation. */
export function VerbMenuButton(props: Partial<ComponentProps<typeof IconButton>>) {
  const { words } = useSpeech();
  return (
    <IconButton label={words.verbs.menu} data-testid="verbs" aria-haspopup="menu" {...props}>
      <MoreVertical size={20} aria-hidden="true" />
    </IconButton>
  );
}
