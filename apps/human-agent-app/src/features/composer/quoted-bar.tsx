import { X } from "lucide-react";
import { IconButton } from "@app/ui/mod.ts";
import type { Message } from "../../lib/records/message.ts";
import { useSpeech } from "../../lib/speech.ts";

/** The message that is being answered, above the text. */
export function QuotedBar({ message, onDrop }: { message: Message; onDrop: () => void }) {
  const { words } = useSpeech();
  return (
    <div
      data-testid="quoted"
      className="mx-1 mb-2 flex items-center gap-2 rounded-xl border-s-[3px] border-accent bg-ink/5 ps-3"
    >
      <p className="min-w-0 flex-1 py-1.5 text-sm">
        <span className="block text-xs font-semibold text-accent">{words.composer.replyTo}</span>
        <span className="block truncate" dir="auto">
          {message.content || (words.messageTypes[message.type] ?? "")}
        </span>
      </p>
      <IconButton label={words.composer.dropReply} onClick={onDrop}>
        <X size={17} aria-hidden="true" />
      </IconButton>
    </div>
  );
}
