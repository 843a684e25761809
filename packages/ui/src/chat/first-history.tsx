import { useEffect, useEffectEvent } from "react";
import { type ChatHistoryProps, NEAR_PX } from "./chat-history-props.ts";
import { HistoryLine } from "./history-line.tsx";
import { historyRows } from "./history-rows.ts";
import { ToNewest } from "./to-newest.tsx";
import { useStickToBottom } from "./use-stick-to-bottom.ts";

/** More than a large screen shows. */
const SHOWN_ROWS = 30;

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
    <div className="relative min-h-0 flex-1">
      <div
        ref={container}
        // What scrolls must be reachable by keyboard.
        tabIndex={0}
        role="log"
        aria-label={labels.messages}
        data-testid="history"
        onScroll={onScroll}
        className="chat-ground h-full overflow-x-hidden overflow-y-auto overscroll-contain px-3 sm:px-5"
      >
        <div className="flex min-h-full flex-col justify-end">
          <div role="list" className="relative w-full shrink-0 pb-3">
            {rows.map((row) => (
              <div key={row.key} role="listitem">
                <HistoryLine row={row} labels={labels} actions={actions} />
              </div>
            ))}
          </div>
        </div>
      </div>
      {!isAtEnd && <ToNewest label={labels.toNewest} onPress={toEnd} />}
    </div>
  );
}
