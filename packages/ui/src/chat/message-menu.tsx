import { Ellipsis, Reply } from "lucide-react";
import { useState } from "react";
import { IconButton } from "../icon-button.tsx";
import type { ChatLabels } from "../labels/chat-labels.ts";
import { Popover } from "../popover.tsx";
import type { ChatActions } from "./chat-actions.ts";
import type { ChatItem } from "./chat-item.ts";

/** What people put on messages. */
const emoji = ["👍", "❤️", "😂", "😮", "😢", "🙏"];

interface MessageMenuProps {
  item: ChatItem;
  labels: ChatLabels;
  actions: ChatActions;
}

/** Answers a message, or puts an emoji on it; shown at the pointer or the focus, and always where there is no pointer. */
export function MessageMenu({ item, labels, actions }: MessageMenuProps) {
  const [isOpen, setIsOpen] = useState(false);
  const { onReply, onReact } = actions;
  if (!item.canAnswer || (!onReply && !onReact)) return null;
  function done(act: () => void) {
    setIsOpen(false);
    act();
  }
  return (
    <Popover
      label={labels.messageMenu}
      isOpen={isOpen}
      onOpenChange={setIsOpen}
      trigger={
        <IconButton
          label={labels.messageMenu}
          data-testid="message-menu"
          className={`self-center transition-opacity focus-visible:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100 ${
            isOpen ? "" : "opacity-0"
          }`}
        >
          <Ellipsis size={18} aria-hidden="true" />
        </IconButton>
      }
    >
      {onReact && (
        <div role="group" aria-label={labels.react} className="flex gap-0.5">
          {emoji.map((each) => (
            <button
              key={each}
              type="button"
              data-testid="react"
              aria-pressed={item.ownReaction === each}
              aria-label={`${labels.react}: ${each}`}
              onClick={() => done(() => onReact(item, item.ownReaction === each ? null : each))}
              className="grid size-10 place-items-center rounded-xl text-xl hover:bg-accent-soft aria-pressed:bg-accent-soft"
            >
              {each}
            </button>
          ))}
        </div>
      )}
      {onReply && (
        <button
          type="button"
          data-testid="reply-to"
          onClick={() => done(() => onReply(item))}
          className="mt-1 flex min-h-10 w-full items-center gap-3 rounded-xl px-3 text-sm font-medium hover:bg-accent-soft"
        >
          <Reply size={17} aria-hidden="true" />
          {labels.reply}
        </button>
      )}
    </Popover>
  );
}
