import { RotateCw } from "lucide-react";
import type { ChatLabels } from "../labels/chat-labels.ts";
import type { ChatItem } from "./chat-item.ts";

interface DeliveryProblemProps {
  item: ChatItem;
  labels: ChatLabels;
  onSendAgain: ((item: ChatItem) => void) | undefined;
}

/** Under a message that has not arrived: that it waits, or why it never left and what can be done. */
export function DeliveryProblem({ item, labels, onSendAgain }: DeliveryProblemProps) {
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
  if (item.delivery?.state !== "failed" && !item.problem) return null;
  const action = item.problem ? item.problem.action : labels.sendAgain;
  return (
    <p
      role="alert"
      data-testid="not-sent"
      className="mt-1 flex max-w-[84%] items-center gap-2 rounded-lg bg-danger-soft py-1 ps-2.5 pe-1 text-xs text-danger"
    >
      <span className="py-1">{item.problem?.text ?? labels.notSent}</span>
      {action && onSendAgain && (
        <button
          type="button"
          onClick={() => onSendAgain(item)}
          className="flex shrink-0 items-center gap-1 rounded-md px-2 py-1 font-semibold hover:underline"
        >
          <RotateCw size={12} aria-hidden="true" />
          {action}
        </button>
      )}
    </p>
  );
}
