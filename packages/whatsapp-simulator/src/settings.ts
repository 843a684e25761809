import { z } from "zod";

/** How the simulated platform behaves when nothing is wrong. */
export const settings = z.object({
  /** Milliseconds from acceptance to status `sent`. */
  sent_after_ms: z.number().int().min(0),
  /** Milliseconds from acceptance to status `delivered`. */
  delivered_after_ms: z.number().int().min(0),
  /** Milliseconds from acceptance to status `read`; `null`: read when the phone page shows it. */
  read_after_ms: z.number().int().min(0).nullable(),
  /** First wait before a refused webhook is sent again; doubles each time. */
  retry_first_ms: z.number().int().min(1),
  /** Longest wait between two tries of a webhook. */
  retry_max_ms: z.number().int().min(1),
  /** How long the product may take to answer a webhook. */
  webhook_timeout_ms: z.number().int().min(1),
  /** Webhooks in flight to one app at once; statuses have a quarter of it for themselves. */
  webhook_concurrency: z.number().int().min(1),
  /** Most messages in one webhook; they share one only while they wait for others in flight. */
  messages_per_webhook: z.number().int().min(1).max(1_000),
  /** Most statuses in one webhook; they share one only while they wait for others in flight. */
  statuses_per_webhook: z.number().int().min(1).max(1_000),
  /** Whether webhooks write letters beyond ASCII as `\uXXXX`, as the platform may. */
  escape_unicode: z.boolean(),
  /** Whether media in webhooks carry a `url`. */
  media_url_in_webhook: z.boolean(),
  /** Seconds that a media URL lives. */
  media_url_lifetime_s: z.number().int().min(1),
  /** Messages a second and number before 130429; `null`: no limit. The platform's own is 80. */
  messages_per_second: z.number().int().min(1).nullable(),
  /** Whether one pair may have only `pair_burst` messages at once and one in `pair_refill_ms` after that (131056). */
  pair_limit: z.boolean(),
  /** Messages to one person at once; the platform's own is 45. */
  pair_burst: z.number().int().min(1),
  /** Milliseconds until one more is allowed; the platform's own is 6,000. */
  pair_refill_ms: z.number().int().min(1),
  /** Milliseconds until a new template is approved; `null`: somebody reviews it by the control API. */
  template_review_ms: z.number().int().min(0).nullable(),
}).strict();

/** Parsed form of {@linkcode settings}. */
export type Settings = z.infer<typeof settings>;

/** What holds until `POST /_simulator/settings` or the configuration file says otherwise. */
export const DEFAULT_SETTINGS: Settings = {
  sent_after_ms: 30,
  delivered_after_ms: 120,
  read_after_ms: null,
  retry_first_ms: 500,
  retry_max_ms: 30_000,
  webhook_timeout_ms: 20_000,
  webhook_concurrency: 64,
  messages_per_webhook: 1,
  statuses_per_webhook: 100,
  escape_unicode: true,
  media_url_in_webhook: true,
  media_url_lifetime_s: 300,
  messages_per_second: null,
  pair_limit: false,
  pair_burst: 45,
  pair_refill_ms: 6_000,
  template_review_ms: null,
};
