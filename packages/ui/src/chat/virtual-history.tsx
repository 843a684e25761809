import { useVirtualizer } from "@tanstack/react-virtual";
import { LoaderCircle } from "lucide-react";
import { useEffect, useEffectEvent, useLayoutEffect, useMemo, useRef, useState } from "react";
import { type ChatHistoryProps, NEAR_PX } from "./chat-history-props.ts";
import { HistoryFrame } from "./history-frame.tsx";
import { HistoryLine } from "./history-line.tsx";
import { historyRows } from "./history-rows.ts";

interface VirtualHistoryProps extends ChatHistoryProps {
  /** The row that is at the top when it begins; default: it begins at its end. */
  beginAt: string | undefined;
}

/** A history of which only the rows in view are in the page; `ChatHistory` loads it. */
export default function VirtualHistory({ data, labels, actions, beginAt }: VirtualHistoryProps) {
  const container = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => historyRows(data.items), [data.items]);
  const [isAtEnd, setIsAtEnd] = useState(true);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => container.current,
    getItemKey: (index) => rows[index]?.key ?? index,
    estimateSize: (index) => rows[index]?.kind === "day" ? 48 : 64,
    overscan: 12,
    anchorTo: "end",
    followOnAppend: true,
    scrollEndThreshold: 120,
  });
  useEffect(() => {
    const index = rows.findIndex((row) => row.key === beginAt);
    if (index < 0) virtual.scrollToIndex(rows.length - 1, { align: "end" });
    else virtual.scrollToIndex(index, { align: "start" });
  }, []);

  const wasLoading = useRef(false);
  function askForEarlier() {
    const element = container.current;
    if (!element || element.scrollTop >= NEAR_PX || !data.hasEarlier || data.isLoadingEarlier) return;
    data.onEarlier();
  }
  const askAgain = useEffectEvent(askForEarlier);
  useEffect(() => {
    // Whoever is still at the beginning when a page has come wants the next one; no scrolling will tell.
    const frame = wasLoading.current && !data.isLoadingEarlier ? requestAnimationFrame(() => askAgain()) : 0;
    wasLoading.current = data.isLoadingEarlier;
    return () => cancelAnimationFrame(frame);
  }, [data.isLoadingEarlier]);

  const firstKey = rows.find((row) => row.kind === "message")?.key;
  const lastFirstKey = useRef(firstKey);
  useLayoutEffect(() => {
    const index = rows.findIndex((row) => row.key === lastFirstKey.current);
    lastFirstKey.current = firstKey;
    // At the very beginning the place is kept by the day above the first message, which goes when earlier ones come.
    const isAtBeginning = (container.current?.scrollTop ?? NEAR_PX) < NEAR_PX;
    if (index > 1 && isAtBeginning) virtual.scrollToIndex(index, { align: "start" });
  }, [firstKey]);

  function onScroll() {
    const element = container.current;
    if (!element) return;
    setIsAtEnd(element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_PX);
    askForEarlier();
  }
  const toEnd = () => virtual.scrollToIndex(rows.length - 1, { align: "end" });
  const loading = data.isLoadingEarlier && (
    <p role="status" className="sticky top-2 z-10 mx-auto w-fit rounded-full bg-raised p-1.5 shadow-high">
      <LoaderCircle size={18} className="animate-spin text-accent" aria-label={labels.earlier} />
    </p>
  );
  return (
    <HistoryFrame {...{ labels, container, onScroll, isAtEnd, toEnd }} keepsPlaces top={loading}>
      <div role="list" className="relative w-full shrink-0" style={{ height: virtual.getTotalSize() + 12 }}>
        {virtual.getVirtualItems().map((place) => {
          const row = rows[place.index];
          if (!row) return null;
          return (
            <div
              key={place.key}
              ref={virtual.measureElement}
              data-index={place.index}
              role="listitem"
              className="absolute inset-x-0 top-0"
              style={{ transform: `translateY(${place.start}px)` }}
            >
              <HistoryLine row={row} labels={labels} actions={actions} />
            </div>
          );
        })}
      </div>
    </HistoryFrame>
  );
}
