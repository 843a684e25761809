import type { MachineDefinition } from "../machine-definition.ts";
import type { SnapshotMessage, TurnSnapshot } from "../snapshot.ts";

/** What a test wants to be different from a first "hola" of a new customer. */
export interface SnapshotChanges
  extends Partial<Omit<TurnSnapshot, "session" | "tenant" | "contact" | "machine">> {
  tenant?: Partial<TurnSnapshot["tenant"]>;
  session?: Partial<TurnSnapshot["session"]>;
  contact?: Partial<TurnSnapshot["contact"]>;
}

/** A snapshot of a conversation at its start: one new message, "hola", on a fixed Saturday. */
export function buildSnapshot(machine: MachineDefinition, changes: SnapshotChanges = {}): TurnSnapshot {
  const { tenant, session, contact, ...rest } = changes;
  return {
    now: "2026-11-21T12:00:00.000Z",
    machine,
    cause: "messages",
    history: [],
    pending: [buildMessage()],
    ...rest,
    tenant: {
      name: "Cajas del Sur",
      locale: "es",
      timeZone: "America/Argentina/Buenos_Aires",
      settings: {},
      ...tenant,
    },
    session: {
      id: "00000000-0000-4000-8000-000000000001",
      state: null,
      variables: {},
      turnsInState: 0,
      failedTurns: 0,
      language: null,
      summary: null,
      ...session,
    },
    contact: {
      id: "00000000-0000-4000-8000-000000000002",
      name: null,
      language: null,
      attributes: {},
      ...contact,
    },
  };
}

/** A message of the customer: "hola", unless told otherwise. */
export function buildMessage(changes: Partial<SnapshotMessage> = {}): SnapshotMessage {
  return {
    id: "message-1",
    seq: 1,
    from: "contact",
    type: "text",
    content: "hola",
    at: "2026-11-21T11:59:55.000Z",
    ...changes,
  };
}
