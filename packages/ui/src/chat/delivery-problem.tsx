import { RotateCw } from "lucide-react";
import type { ChatLabels } from "../labels/chat-labels.ts";
import type { ChatItem } from "./chat-item.ts";

interface DeliveryProblemProps {
  item: ChatItem;
  labels: ChatLabels;
  onSendAgain: ((item: ChatItem) => void) | undefined;
}

/** What the provider said, for whoever asks it for help. */
function Details({ label, text }: { label: string; text: string }) {
  return (
    <details className="mt-0.5 opacity-85">
      <summary className="cursor-default font-semibold">{label}</summary>
      <span dir="auto">{text}</span>
    </details>
  );
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
    <div
      role="alert"
      data-testid="not-sent"
      className="mt-1 flex max-w-[84%] items-center gap-2 rounded-lg bg-danger-soft py-1 ps-2.5 pe-1 text-xs text-danger"
    >
      <span className="min-w-0 py-1 [overflow-wrap:anywhere]">
        {item.problem?.text ?? labels.notSent}
        {item.problem?.details && <Details label={labels.providerDetails} text={item.problem.details} />}
      </span>
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
    </div>
  );
}
