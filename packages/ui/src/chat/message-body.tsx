import type { ChatLabels } from "../labels/chat-labels.ts";
import type { ChatActions } from "./chat-actions.ts";
import type { ChatItem } from "./chat-item.ts";
import { DeliveryProblem } from "./delivery-problem.tsx";
import { DeliveryTicks } from "./delivery-ticks.tsx";
import { formatTime } from "./format-time.ts";
import { MessageAuthor } from "./message-author.tsx";
import { MessageContent } from "./message-content.tsx";
import { MessageMenu } from "./message-menu.tsx";
import { ReplyButtons } from "./reply-buttons.tsx";

/** A message and its surroundings. */
export interface MessageBodyProps {
  item: ChatItem;
  /** Whether the message before it was of the other side, or of another day. */
  startsGroup: boolean;
  labels: ChatLabels;
  actions: ChatActions;
}

/** What a message says, when, how far it has come, who wrote it, and its buttons. */
export function MessageBody({ item, startsGroup, labels, actions }: MessageBodyProps) {
  const isOwn = item.side === "own";
  const corner = startsGroup ? (isOwn ? "rounded-se-md" : "rounded-ss-md") : "";
  const hasButtons = "buttons" in item.content || "rows" in item.content || item.content.kind === "link";
  return (
    <>
      <div className={`group flex w-full items-start gap-1 ${isOwn ? "flex-row-reverse" : ""}`}>
        <div
          className={`flex w-fit max-w-[84%] flex-col gap-1 lg:max-w-[min(74%,38rem)] ${
            hasButtons ? "min-w-60" : ""
          }`}
        >
          <div className={`rounded-2xl px-3 py-2 shadow-low ${groundOf(item)} ${corner}`}>
            <MessageAuthor item={item} labels={labels} isShown={startsGroup} onDetails={actions.onDetails} />
            {item.quote && (
              <blockquote className="mb-1 rounded-lg border-s-[3px] border-accent bg-ink/5 px-2 py-1 text-xs">
                <span className="block font-semibold" dir="auto">{item.quote.author}</span>
                <span className="line-clamp-2" dir="auto">{item.quote.text}</span>
              </blockquote>
            )}
            <div className="flex flex-wrap items-end justify-end gap-x-3">
              <div className="min-w-0 grow">
                <MessageContent item={item} labels={labels} actions={actions} />
              </div>
              <p
                className={`flex items-center gap-1 text-[0.6875rem] leading-4 ${
                  isOwn ? "text-own-soft" : "text-soft"
                }`}
              >
                {item.isEdited && <span>{labels.edited} ·</span>}
                <time dateTime={item.at}>{formatTime(item.at)}</time>
                {item.delivery && <DeliveryTicks delivery={item.delivery} labels={labels} />}
              </p>
            </div>
          </div>
          {item.reactions && item.reactions.length > 0 && (
            <p
              role="img"
              aria-label={`${labels.reaction}: ${item.reactions.join(" ")}`}
              className={`-mt-2 w-fit rounded-full border border-line bg-raised px-1.5 text-sm shadow-low ${
                isOwn ? "me-2 self-end" : "ms-2"
              }`}
            >
              {item.reactions.join(" ")}
            </p>
          )}
          <ReplyButtons item={item} labels={labels} onTap={actions.onTap} />
        </div>
        <MessageMenu item={item} labels={labels} actions={actions} />
      </div>
      <DeliveryProblem item={item} labels={labels} onSendAgain={actions.onSendAgain} />
    </>
  );
}

function groundOf(item: ChatItem): string {
  if (item.content.kind === "note") return "bg-notice text-on-notice";
  if (item.side === "other") return "bg-other text-ink";
  return item.author?.kind === "bot" ? "bg-bot text-on-bot" : "bg-own text-on-own";
}
