import type { ChannelDelivery, InboundMessage, RejectedPart, StatusUpdate } from "@app/contracts/mod.ts";
import { isJsonObject, type JsonObject } from "./clean-json.ts";
import { readPhone } from "./identities.ts";

/** What one delivery says about one number, while it is still being collected. */
export interface ChannelDraft {
  channelId: string;
  messages: InboundMessage[];
  statuses: StatusUpdate[];
  rejected: RejectedPart[];
  extras: Required<Extras>;
  displayPhone: string | undefined;
  /** The provider's own words, to be read again. */
  entries: JsonObject[];
}

type Extras = Pick<
  ChannelDelivery,
  "echoes" | "preferences" | "history" | "contactSync" | "calls" | "passive"
>;

/** Longest id of a number that is believed; Meta's have some 15 digits. */
const maxChannelIdLength = 100;

/** Rejected parts of one number that are kept; Meta promises at most 1,000 updates in a POST. */
const maxRejected = 1000;

/** Finds the draft of the number that a change speaks of, or starts it. */
export function draftOf(drafts: Map<string, ChannelDraft>, value: JsonObject): ChannelDraft {
  const { phone_number_id: id, display_phone_number: phone } = isJsonObject(value.metadata)
    ? value.metadata
    : {};
  const channelId = readChannelId(id);
  const draft = drafts.get(channelId) ?? newDraft(channelId);
  drafts.set(channelId, draft);
  draft.displayPhone ??= typeof phone === "string"
    ? readPhone(phone.replace(/[\s()+-]/g, ""))?.externalId
    : undefined;
  return draft;
}

/** Keeps what names nothing to store it under, up to a limit. */
export function reject(draft: ChannelDraft, part: RejectedPart): void {
  if (draft.rejected.length < maxRejected) draft.rejected.push(part);
}

/** The finished deliveries, without the numbers of which nothing is said. */
export function finishDrafts(drafts: Map<string, ChannelDraft>): ChannelDelivery[] {
  return [...drafts.values()].filter(saysSomething).map(finish);
}

function newDraft(channelId: string): ChannelDraft {
  return {
    channelId,
    messages: [],
    statuses: [],
    rejected: [],
    extras: { echoes: [], preferences: [], history: [], contactSync: [], calls: [], passive: [] },
    displayPhone: undefined,
    entries: [],
  };
}

function saysSomething({ messages, statuses, rejected, extras }: ChannelDraft): boolean {
  return [messages, statuses, rejected, ...Object.values(extras)].some((parts) => parts.length > 0);
}

function finish(
  { channelId, messages, statuses, rejected, extras, displayPhone, entries }: ChannelDraft,
): ChannelDelivery {
  const said = Object.entries(extras).filter(([, parts]) => parts.length > 0);
  return {
    channelType: "whatsapp",
    channelId,
    messages,
    statuses,
    body: { object: "whatsapp_business_account", entry: entries },
    ...(rejected.length > 0 && { rejected }),
    ...(displayPhone !== undefined && { displayPhone }),
    ...Object.fromEntries(said),
  };
}

function readChannelId(id: unknown): string {
  if (typeof id === "number") return String(id);
  return typeof id === "string" && id.length <= maxChannelIdLength ? id : "";
}
