import { memo } from "react";
import type { ChatLabels } from "../labels/chat-labels.ts";
import type { ChatItem } from "./chat-item.ts";
import type { ChatActions } from "./chat-actions.ts";
import { DeliveryProblem } from "./delivery-problem.tsx";
import { DeliveryTicks } from "./delivery-ticks.tsx";
import { formatTime } from "./format-time.ts";
import { MessageContent } from "./message-content.tsx";
import { ReplyButtons } from "./reply-buttons.tsx";

interface MessageBubbleProps {
  item: ChatItem;
  /** Whether the message before it was of the other side, or of another day. */
  startsGroup: boolean;
  labels: ChatLabels;
  actions: ChatActions;
}

/** One message: what it says, when, how far it has come, and its buttons. */
export const MessageBubble = memo(
  function MessageBubble({ item, startsGroup, labels, actions }: MessageBubbleProps) {
    const isOwn = item.side === "own";
    const ground = isOwn ? "bg-own text-on-own" : "bg-other text-ink";
    const corner = startsGroup ? (isOwn ? "rounded-se-md" : "rounded-ss-md") : "";
    const hasButtons = "buttons" in item.content || "rows" in item.content || item.content.kind === "link";
    return (
      <li
        data-testid="message"
        data-side={item.side}
        data-id={item.id}
        className={`flex flex-col ${isOwn ? "items-end" : "items-start"} ${startsGroup ? "mt-3" : "mt-1"}`}
      >
        <div className={`flex w-fit max-w-[84%] flex-col gap-1 ${hasButtons ? "min-w-60" : ""}`}>
          <div
            className={`flex animate-rise flex-wrap items-end justify-end gap-x-3 rounded-2xl px-3 py-2 shadow-low ${ground} ${corner}`}
          >
            <div className="min-w-0 grow">
              <MessageContent item={item} labels={labels} actions={actions} />
            </div>
            <p
              className={`flex items-center gap-1 text-[0.6875rem] leading-4 ${
                isOwn ? "text-own-soft" : "text-soft"
              }`}
            >
              <time dateTime={item.at}>{formatTime(item.at, labels.locale)}</time>
              {item.delivery && <DeliveryTicks delivery={item.delivery} labels={labels} />}
            </p>
          </div>
          <ReplyButtons item={item} labels={labels} onTap={actions.onTap} />
        </div>
        <DeliveryProblem item={item} labels={labels} onSendAgain={actions.onSendAgain} />
      </li>
    );
  },
);
