import { useEffect, useEffectEvent } from "react";
import { type ChatHistoryProps, NEAR_PX } from "./chat-history-props.ts";
import { HistoryFrame } from "./history-frame.tsx";
import { HistoryLine } from "./history-line.tsx";
import { historyRows } from "./history-rows.ts";
import { useStickToBottom } from "./use-stick-to-bottom.ts";

/** More than a large screen shows. */
const SHOWN_ROWS = 30;

/** Whether there is more of a conversation than {@linkcode FirstHistory} shows. A day may stand above every message. */
export function isMoreThanFirst({ items, hasEarlier }: ChatHistoryProps["data"]): boolean {
  return hasEarlier || items.length * 2 > SHOWN_ROWS;
}

interface FirstHistoryProps extends ChatHistoryProps {
  /** Whether the history that can show more is there. */
  isReady: boolean;
  /** Has it take over, with this row at the top; without one, at the end. */
  onHandover: (beginAt?: string) => void;
  /** It could not be fetched: tries again. */
  onRetry?: () => void;
}

/** The newest messages of a conversation, until the code for more of them is there. */
export function FirstHistory({ data, labels, actions, isReady, onHandover, onRetry }: FirstHistoryProps) {
  const { container, isAtEnd, toEnd } = useStickToBottom("");
  const rows = historyRows(data.items).slice(-SHOWN_ROWS);
  const handOver = useEffectEvent(onHandover);
  useEffect(() => {
    if (isReady && isAtEnd) handOver();
  }, [isReady, isAtEnd]);
  function onScroll() {
    if ((container.current?.scrollTop ?? NEAR_PX) >= NEAR_PX || isAtEnd) return;
    if (isReady) onHandover(rows[0]?.key);
    else onRetry?.();
  }
  return (
    <HistoryFrame {...{ labels, container, onScroll, isAtEnd, toEnd }}>
      <div role="list" className="relative w-full shrink-0 pb-3">
        {rows.map((row) => (
          <div key={row.key} role="listitem">
            <HistoryLine row={row} labels={labels} actions={actions} />
          </div>
        ))}
      </div>
    </HistoryFrame>
  );
}
