import type { ReactNode, RefObject } from "react";
import type { ChatHistoryProps } from "./chat-history-props.ts";
import { ToNewest } from "./to-newest.tsx";

interface HistoryFrameProps extends Pick<ChatHistoryProps, "labels"> {
  container: RefObject<HTMLDivElement | null>;
  onScroll: () => void;
  isAtEnd: boolean;
  /** Goes to the newest message; offered unless it is in view. */
  toEnd: () => void;
  /** Whether places are kept by whoever draws the rows, and not by the browser. Default false. */
  keepsPlaces?: boolean;
  /** What stands above the rows, such as that earlier ones are being read. */
  top?: ReactNode;
  /** The list of rows. */
  children: ReactNode;
}

/** What every history stands in: it scrolls, its rows begin at the bottom, and a button leads to the newest. */
export function HistoryFrame(
  { labels, container, onScroll, isAtEnd, toEnd, keepsPlaces = false, top, children }: HistoryFrameProps,
) {
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
        className={`chat-ground h-full overflow-x-hidden overflow-y-auto overscroll-contain px-3 sm:px-5 ${
          keepsPlaces ? "[overflow-anchor:none]" : ""
        }`}
      >
        {top}
        <div className="flex min-h-full flex-col justify-end">{children}</div>
      </div>
      {!isAtEnd && <ToNewest label={labels.toNewest} onPress={toEnd} />}
    </div>
  );
}
