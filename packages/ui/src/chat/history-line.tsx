import { Reply } from "lucide-react";
import { memo } from "react";
import type { ChatLabels } from "../labels/chat-labels.ts";
import type { ChatActions } from "./chat-actions.ts";
import { formatDay, formatTime } from "./format-time.ts";
import type { HistoryRow } from "./history-rows.ts";
import { MessageBody } from "./message-body.tsx";
import { useSwipe } from "./use-swipe.ts";

interface HistoryLineProps {
  row: HistoryRow;
  labels: ChatLabels;
  actions: ChatActions;
}

/** One line of a conversation: a day, something that happened, or a message. */
export const HistoryLine = memo(function HistoryLine({ row, labels, actions }: HistoryLineProps) {
  if (row.kind === "day") {
    return (
      <p className="flex justify-center py-3" data-testid="day-separator">
        <span className="rounded-full border border-line bg-raised px-3 py-1 text-xs font-medium text-soft">
          {formatDay(row.at, labels, new Date())}
        </span>
      </p>
    );
  }
  const { item } = row;
  if (item.content.kind === "system") {
    return (
      <p className="mx-auto max-w-[92%] py-2 text-center text-xs text-soft" data-testid="system-line">
        <span dir="auto">{item.content.text}</span>
        <time dateTime={item.at} className="ms-1.5 tabular-nums opacity-80">
          {formatTime(item.at)}
        </time>
      </p>
    );
  }
  return <MessageRow row={row} labels={labels} actions={actions} />;
});

type MessageRowProps = Omit<HistoryLineProps, "row"> & { row: Extract<HistoryRow, { kind: "message" }> };

/** A message; drawn aside with a finger it is answered. */
function MessageRow({ row, labels, actions }: MessageRowProps) {
  const { item, startsGroup } = row;
  const isOwn = item.side === "own";
  const { onReply } = actions;
  const { offset, isEnough, handlers } = useSwipe(
    item.canAnswer && onReply ? () => onReply(item) : undefined,
  );
  return (
    <div
      data-testid="message"
      data-side={item.side}
      data-id={item.id}
      {...handlers}
      className={`relative flex touch-pan-y flex-col ${isOwn ? "items-end" : "items-start"} ${
        startsGroup ? "pt-3" : "pt-1"
      }`}
      style={offset > 0 ? { transform: `translateX(${offset}px)` } : undefined}
    >
      {offset > 0 && (
        <span
          aria-hidden="true"
          className={`absolute -start-12 top-1/2 grid size-9 -translate-y-1/2 place-items-center rounded-full ${
            isEnough ? "bg-accent text-on-accent" : "bg-raised text-soft"
          }`}
        >
          <Reply size={17} />
        </span>
      )}
      <MessageBody item={item} startsGroup={startsGroup} labels={labels} actions={actions} />
    </div>
  );
}
