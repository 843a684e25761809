import type { ChannelDelivery, HistoryChunk } from "@app/contracts/mod.ts";
import { type ChannelEvent, toChange } from "./channel-part.ts";

/** What a delivery says beside messages and statuses, by what has to become of it. */
export interface SortedExtras {
  echoes: NonNullable<ChannelDelivery["echoes"]>;
  threads: HistoryChunk["threads"];
  changes: ChannelEvent[];
  preferences: ChannelEvent[];
  calls: ChannelEvent[];
  addresses: ChannelEvent[];
  notices: ChannelEvent[];
}

/** Tells apart what the owner typed and did, what the past says, and what is told about people. */
export function sortExtras(delivery: ChannelDelivery): SortedExtras {
  const { echoes = [], history = [], preferences = [], calls = [], contactSync = [], passive = [] } =
    delivery;
  const problems = delivery.rejected?.filter(({ reason }) => reason === "provider_error") ?? [];
  return {
    echoes: echoes.filter((echo) => toChange(echo, "owner") === undefined),
    threads: history.flatMap(saidBefore),
    changes: [
      ...echoes.map((echo) => toChange(echo, "owner")),
      ...history.flatMap(changesOf),
    ].filter((change) => change !== undefined),
    preferences: preferences.map((preference) => {
      const { identities, timestamp } = preference;
      return { kind: "preference", timestamp, identities, body: preference };
    }),
    calls: calls.map((call) => {
      const { externalId, event, identities, timestamp } = call;
      return { kind: "call", externalId: `${externalId}:${event}`, timestamp, identities, body: call };
    }),
    addresses: contactSync.map((entry) => {
      const { identities, timestamp } = entry;
      return { kind: "address", timestamp, identities, body: entry };
    }),
    notices: [
      ...passive.map(({ field, body }) => ({ kind: field === "standby" ? "standby" : "handover", body })),
      ...history.map(chunkNotice),
      ...problems.map(({ body, error }) => ({
        kind: "provider_error",
        body: { ...(error && { error }), provider: body },
      })),
    ],
  };
}

/** The threads of a chunk without what only changes messages. */
function saidBefore({ threads }: HistoryChunk): HistoryChunk["threads"] {
  return threads.flatMap(({ identities, messages }) => {
    const said = messages.filter((message) => toChange(message, sideOf(message)) === undefined);
    return said.length > 0 ? [{ identities, messages: said }] : [];
  });
}

function changesOf({ threads }: HistoryChunk): (ChannelEvent | undefined)[] {
  return threads.flatMap(({ messages }) => messages.map((message) => toChange(message, sideOf(message))));
}

function sideOf({ direction }: { direction: "inbound" | "outbound" }): "contact" | "owner" {
  return direction === "inbound" ? "contact" : "owner";
}

/** How far an import is, or why there is none; the words themselves are in the conversations. */
function chunkNotice({ phase, chunkOrder, progress, refusal, threads }: HistoryChunk): ChannelEvent {
  const messages = threads.reduce((sum, thread) => sum + thread.messages.length, 0);
  return {
    kind: "history",
    body: { phase, chunkOrder, progress, refusal, threads: threads.length, messages },
  };
}
