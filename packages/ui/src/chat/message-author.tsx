import { Bot, Info, StickyNote } from "lucide-react";
import type { ChatLabels } from "../labels/chat-labels.ts";
import type { ChatItem } from "./chat-item.ts";

interface MessageAuthorProps {
  item: ChatItem;
  labels: ChatLabels;
  /** Repeated names are left out within a group; the way to the details is not. */
  isShown: boolean;
  onDetails: ((item: ChatItem) => void) | undefined;
}

/** Above a message: that the bot wrote it, which colleague did, or that it is a note; and the way to how it came about. */
export function MessageAuthor({ item, labels, isShown, onDetails }: MessageAuthorProps) {
  const isNote = item.content.kind === "note";
  if (!item.author || !(isShown || isNote || item.hasDetails)) return null;
  const icon = item.author.kind === "bot" ? <Bot size={13} /> : isNote ? <StickyNote size={13} /> : null;
  return (
    <div className="mb-0.5 flex min-h-4 items-center gap-1 text-xs font-semibold opacity-85">
      {icon && <span aria-hidden="true">{icon}</span>}
      <span dir="auto" className="truncate">{item.author.name}</span>
      {isNote && <span className="font-normal opacity-80">· {labels.note}</span>}
      {item.hasDetails && onDetails && (
        <button
          type="button"
          onClick={() => onDetails(item)}
          aria-label={labels.details}
          title={labels.details}
          data-testid="message-details"
          className="-my-1.5 ms-auto grid size-7 place-items-center rounded-full opacity-75 hover:bg-ink/10 hover:opacity-100"
        >
          <Info size={14} aria-hidden="true" />
        </button>
      )}
    </div>
  );
}
