import { Check, CheckCheck, CircleAlert, Clock3 } from "lucide-react";
import type { ChatLabels } from "../labels/chat-labels.ts";
import type { Delivery } from "./chat-item.ts";

const SIZE = 15;

/** How far a message has come: clock, one tick, two ticks, two coloured ticks; told in words to those who do not see. */
export function DeliveryTicks({ delivery, labels }: { delivery: Delivery; labels: ChatLabels }) {
  const label = labels.delivery[delivery.state];
  return (
    <span
      role="img"
      aria-label={label}
      title={label}
      data-testid="ticks"
      data-state={delivery.state}
      className={`inline-flex ${delivery.state === "read" ? "text-read" : ""} ${
        delivery.state === "failed" ? "text-danger" : ""
      }`}
    >
      <Symbol state={delivery.state} />
    </span>
  );
}

function Symbol({ state }: { state: Delivery["state"] }) {
  switch (state) {
    case "sent":
      return <Check size={SIZE} strokeWidth={2.2} />;
    case "delivered":
      return <CheckCheck size={SIZE} strokeWidth={2.2} />;
    case "read":
      return <CheckCheck size={SIZE} strokeWidth={2.8} />;
    case "failed":
      return <CircleAlert size={SIZE} strokeWidth={2.2} />;
    default:
      return <Clock3 size={SIZE - 2} strokeWidth={2.2} />;
  }
}
