import { useState } from "react";
import { part } from "../parts/part.ts";
import { usePart } from "../parts/use-part.ts";
import type { ChatHistoryProps } from "./chat-history-props.ts";
import { FirstHistory, isMoreThanFirst } from "./first-history.tsx";

const virtualHistory = part(() => import("./virtual-history.tsx").then((module) => module.default));

/**
 * The messages of a long conversation. It starts at its end, stays there while messages come, and keeps its place when
 * earlier ones are put before. Give it a `key` per conversation.
 *
 * The newest messages are shown at once; the code that keeps only those in view in the page, however many there are, comes
 * then, and takes over where the reader is at the end or wants what lies before. A short conversation needs none of it.
 */
export function ChatHistory(props: ChatHistoryProps) {
  const isLong = isMoreThanFirst(props.data);
  const { Part, hasFailed, again } = usePart(virtualHistory, isLong);
  const [handover, setHandover] = useState<{ beginAt?: string | undefined } | null>(() =>
    virtualHistory.get() && isLong ? {} : null
  );
  if (Part && handover) return <Part {...props} beginAt={handover.beginAt} />;
  return (
    <FirstHistory
      {...props}
      isReady={isLong && Part !== undefined}
      onHandover={(beginAt) => setHandover({ beginAt })}
      {...(hasFailed && { onRetry: again })}
    />
  );
}
