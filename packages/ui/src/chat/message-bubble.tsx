import { RotateCw } from "lucide-react";
import { memo } from "react";
import type { ChatLabels } from "../labels/chat-labels.ts";
import type { ChatItem } from "./chat-item.ts";
import type { ChatActions } from "./chat-view.tsx";
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
    return (
      <li
        data-testid="message"
        data-side={item.side}
        data-id={item.id}
        className={`flex flex-col ${isOwn ? "items-end" : "items-start"} ${startsGroup ? "mt-3" : "mt-1"}`}
      >
        <div
          className={`w-fit max-w-[84%] animate-rise rounded-2xl px-3 py-2 shadow-low sm:max-w-[78%] ${ground} ${corner}`}
        >
          <MessageContent item={item} labels={labels} actions={actions} />
          <p
            className={`mt-0.5 flex items-center justify-end gap-1 text-[0.6875rem] leading-4 ${
              isOwn ? "text-own-soft" : "text-soft"
            }`}
          >
            <time dateTime={item.at}>{formatTime(item.at, labels.locale)}</time>
            {item.delivery && <DeliveryTicks delivery={item.delivery} labels={labels} />}
          </p>
        </div>
        <ReplyButtons item={item} labels={labels} onTap={actions.onTap} />
        <DeliveryProblem item={item} labels={labels} onSendAgain={actions.onSendAgain} />
      </li>
    );
  },
);

function DeliveryProblem(
  { item, labels, onSendAgain }:
    & Pick<MessageBubbleProps, "item" | "labels">
    & Pick<ChatActions, "onSendAgain">,
) {
  if (item.delivery?.state === "waiting") {
    return (
      <p
        role="status"
        data-testid="not-accepted"
        className="mt-1 rounded-lg bg-notice px-2.5 py-1 text-xs text-on-notice"
      >
        {labels.notAccepted(item.delivery.attempts)}
      </p>
    );
  }
  if (item.delivery?.state !== "failed") return null;
  return (
    <p
      role="alert"
      data-testid="not-sent"
      className="mt-1 flex items-center gap-2 rounded-lg bg-danger-soft py-1 ps-2.5 pe-1 text-xs text-danger"
    >
      {labels.notSent}
      <button
        type="button"
        onClick={() => onSendAgain?.(item)}
        className="flex items-center gap-1 rounded-md px-2 py-1 font-semibold hover:underline"
      >
        <RotateCw size={12} aria-hidden="true" />
        {labels.sendAgain}
      </button>
    </p>
  );
}
