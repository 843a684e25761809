import { ArrowDown } from "lucide-react";
import { Fragment } from "react";
import type { ChatLabels } from "../labels/chat-labels.ts";
import { DaySeparator } from "./day-separator.tsx";
import type { ChatActions } from "./chat-actions.ts";
import type { ChatItem } from "./chat-item.ts";
import { formatDay, isSameDay } from "./format-time.ts";
import { MessageBubble } from "./message-bubble.tsx";
import { TypingIndicator } from "./typing-indicator.tsx";
import { useStickToBottom } from "./use-stick-to-bottom.ts";

/** A conversation as it stands. */
interface ChatOnView {
  /** Names the conversation; when it changes, the view starts at its end. */
  id: string;
  items: ChatItem[];
  isTyping: boolean;
  /** Shown while there are no items. */
  emptyText?: string;
}

/** The messages of a conversation, by day, newest at the end, where the view stays unless the reader scrolls away. */
export function ChatView(
  { chat, labels, actions }: { chat: ChatOnView; labels: ChatLabels; actions: ChatActions },
) {
  const { container, isAtEnd, toEnd } = useStickToBottom(chat.id);
  const now = new Date();
  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={container}
        // What scrolls must be reachable by keyboard.
        tabIndex={0}
        role="region"
        aria-label={labels.messages}
        className="chat-ground h-full overflow-y-auto overscroll-contain px-3 pb-3 sm:px-4"
      >
        <div role="log" aria-live="polite" className="flex min-h-full flex-col justify-end">
          {chat.items.length === 0 && chat.emptyText && (
            <p className="m-auto max-w-64 rounded-2xl bg-surface px-4 py-3 text-center text-sm text-soft shadow-low">
              {chat.emptyText}
            </p>
          )}
          <ol data-testid="messages">
            {chat.items.map((item, index) => {
              const previous = chat.items[index - 1];
              const isNewDay = !previous || !isSameDay(previous.at, item.at);
              return (
                <Fragment key={item.id}>
                  {isNewDay && <DaySeparator day={formatDay(item.at, labels, now)} />}
                  <MessageBubble
                    item={item}
                    startsGroup={isNewDay || previous?.side !== item.side}
                    labels={labels}
                    actions={actions}
                  />
                </Fragment>
              );
            })}
            {chat.isTyping && <TypingIndicator label={labels.typing} />}
          </ol>
        </div>
      </div>
      {!isAtEnd && (
        <button
          type="button"
          onClick={toEnd}
          aria-label={labels.toNewest}
          title={labels.toNewest}
          className="absolute end-4 bottom-4 grid size-10 animate-rise place-items-center rounded-full border border-line bg-raised text-ink shadow-high"
        >
          <ArrowDown size={18} />
        </button>
      )}
    </div>
  );
}
