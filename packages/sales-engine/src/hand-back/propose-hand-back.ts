import { boundedText } from "../bounded-json.ts";
import type { MachineDefinition } from "../machine-definition.ts";
import type { SnapshotMessage } from "../snapshot.ts";
import { StateMachine } from "../state-machine.ts";
import { findPromises, type PromiseProposal } from "./find-promises.ts";
import { findSpokenFields } from "./find-spoken-fields.ts";

/** What happened while a person held a conversation. */
export interface HumanStretch {
  /** ISO 8601. */
  now: string;
  timeZone: string;
  machine: MachineDefinition;
  /** `null` before the first turn. */
  state: string | null;
  variables: Record<string, unknown>;
  /** Since the person took over, oldest first. */
  messages: SnapshotMessage[];
}

/** What a person confirms when they give a conversation back. */
export interface HandBackProposal {
  /** Where the bot goes on; a state of the machine. */
  state: string;
  /** Values that were learned, by field; valid by the field's declaration. */
  fields: Record<string, unknown>;
  promises: PromiseProposal[];
  /** The last words of the person, for the bot to go on from; empty if they said nothing. */
  note: string;
}

const longestNote = 500;

/** Reads from the messages of a human stretch what the engine should know. Pure: rules only, no model. */
export function proposeHandBack(stretch: HumanStretch): HandBackProposal {
  const machine = StateMachine.of(stretch.machine);
  const { state, variables, messages, now, timeZone } = stretch;
  const last = messages.findLast(({ from, content }) => from === "agent" && content.trim() !== "");
  return {
    state: state !== null && machine.has(state) ? state : machine.initial,
    fields: findSpokenFields(messages, machine.fields, variables),
    promises: findPromises(messages, now, timeZone),
    note: last ? boundedText(last.content.trim(), longestNote) : "",
  };
}
