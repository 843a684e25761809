import type { Customer } from "./customers.ts";

/** What a test may choose of any status. */
export interface StatusHead {
  /** Meta's id of our message. */
  id: string;
  to: Customer;
  /** When it happened; default: now. */
  at?: Date;
  /** Our id of the message, as it was sent. */
  callbackData?: string;
}

/** An item of `statuses`. */
export type RawStatus = Record<string, unknown> & { id: string };

/** A status of a message that goes well. */
export function statusOf(head: StatusHead, status: "sent" | "delivered" | "read" | "played"): RawStatus {
  return {
    ...statusHead(head, status),
    ...(head.to.userId !== undefined && { recipient_user_id: head.to.userId }),
    ...(status === "sent" && {
      pricing: { billable: false, pricing_model: "PMP", type: "free_customer_service", category: "service" },
    }),
  };
}

/** The status of a message that failed. Meta leaves out the user id when it was sent to a phone. */
export function failedStatus(head: StatusHead, code: number, title: string, details = title): RawStatus {
  return {
    ...statusHead(head, "failed"),
    ...(head.to.phone === undefined && { recipient_user_id: head.to.userId }),
    errors: [{
      code,
      title,
      message: title,
      error_data: { details },
      href: "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/",
    }],
  };
}

function statusHead({ id, to, at, callbackData }: StatusHead, status: string): RawStatus {
  return {
    id,
    status,
    timestamp: String(Math.floor((at?.getTime() ?? Date.now()) / 1000)),
    ...(to.phone !== undefined && { recipient_id: to.phone }),
    ...(callbackData !== undefined && { biz_opaque_callback_data: callbackData }),
  };
}
