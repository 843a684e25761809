import type { ChannelDelivery } from "@app/contracts/mod.ts";
import { sortExtras } from "./sort-extras.ts";
import type { SortedMessages } from "./sort-messages.ts";
import type { Part } from "./store-parts.ts";

/**
 * What is to be stored of a delivery beside messages and statuses, in order: names before what is said under them, and
 * messages before what changes them.
 */
export function partsOf(
  delivery: ChannelDelivery,
  { said, changes, identityChanges, notices }: SortedMessages,
  reopenMinutes: number,
): Part[] {
  const extras = sortExtras(delivery);
  return [
    {
      items: identityChanges,
      call: (call, id, items) => call`engine.receive_identity_changes(${id}, ${call.json(items)})`,
    },
    {
      items: said.flatMap(({ identities, sharedIdentities = [] }) =>
        sharedIdentities.length > 0 ? [{ identities: [...identities, ...sharedIdentities] }] : []
      ),
      call: (call, id, items) => call`engine.receive_shared_identities(${id}, ${call.json(items)})`,
    },
    {
      items: extras.threads,
      call: (call, id, items) => call`engine.receive_history(${id}, ${call.json(items)})`,
    },
    {
      items: extras.addresses,
      call: (call, id, items) => call`engine.receive_addresses(${id}, ${call.json(items)})`,
    },
    {
      items: extras.echoes,
      call: (call, id, items) => call`engine.receive_echoes(${id}, ${call.json(items)}, ${reopenMinutes})`,
    },
    {
      items: [...changes, ...extras.changes],
      call: (call, id, items) => call`engine.receive_changes(${id}, ${call.json(items)})`,
    },
    {
      items: extras.preferences,
      call: (call, id, items) => call`engine.receive_preferences(${id}, ${call.json(items)})`,
    },
    {
      items: extras.calls,
      call: (call, id, items) => call`engine.receive_calls(${id}, ${call.json(items)})`,
    },
    {
      items: [...notices, ...extras.notices],
      call: (call, id, items) => call`engine.receive_notices(${id}, ${call.json(items)})`,
    },
  ];
}
