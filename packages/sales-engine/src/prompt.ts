import { describeMessage } from "./describe-message.ts";
import { fence } from "./fence.ts";
import type { PromptBlock } from "./language-model.ts";
import { localTime } from "./local-time.ts";
import { promptPrefix } from "./prompt-prefix.ts";
import type { SnapshotMessage, TurnSnapshot } from "./snapshot.ts";
import { hasValue, StateMachine } from "./state-machine.ts";

/** Messages of the past that a prompt shows, at most. */
const historyMessages = 30;
/** Characters that the past may take in a prompt altogether. */
const historyLength = 12_000;
/** New messages that a prompt shows, at most; a burst of more says nothing more. */
const pendingMessages = 50;
/** Characters of one message: of the past, and of a new one (WhatsApp's longest text is 4096). */
const pastLength = 1_000;
const pendingLength = 4_096;
/** Characters that the new messages may take altogether; of a longer burst the newest count. */
const burstLength = 24_000;
/** Characters that known values may take; those of the current state come first. */
const knownLength = 4_000;
/** Earlier conversations that a prompt remembers. */
const mostSummaries = 3;
/** Promises that a prompt reminds of. */
const mostPromises = 10;
/** Names of fields and files that are listed. */
const mostListed = 60;

const causes: Record<TurnSnapshot["cause"], string> = {
  messages: "The customer wrote the new messages below. Answer them all together.",
  follow_up: "The customer has not answered for a while. Write one friendly follow-up.",
  hand_back: "A person of the team has just given the conversation back to you. Go on from what they said.",
  promise: "Something that was promised to the customer is due now. Say how it stands.",
  delivery_failed:
    "Your last message could not be delivered. Say it once more, differently, so that the reason does not apply again.",
};

/**
 * Writes the prompt of a turn: first the cacheable prefix, then what is true in this turn only. Whatever a
 * customer wrote, and whatever was understood from it, is fenced as data.
 *
 * @param state The current state; known to the machine.
 */
export function writePrompt(snapshot: TurnSnapshot, state: string): PromptBlock[] {
  const parts = [
    describeSituation(snapshot, state),
    describeContact(snapshot),
    describeHistory(snapshot.history),
    describeAgreements(snapshot),
    describePending(snapshot.pending),
    describeUndelivered(snapshot.undelivered ?? []),
    snapshot.note === undefined ? "" : `Reason of this turn: ${fence("reminder", snapshot.note, 500)}.`,
    causes[snapshot.cause],
  ];
  return [
    promptPrefix(snapshot.machine, snapshot.tenant.name),
    { role: "user", text: parts.filter((part) => part !== "").join("\n\n"), isCacheable: false },
  ];
}

function describeSituation(snapshot: TurnSnapshot, state: string): string {
  const machine = StateMachine.of(snapshot.machine);
  const { variables, turnsInState } = snapshot.session;
  const { weekday, date, time } = localTime(snapshot.now, snapshot.tenant.timeZone);
  const { allowed_transitions, max_turns, final } = machine.state(state);
  const here = machine.fieldsOf(state).map(([field]) => field);
  const known = describeKnown(here, [...machine.fields.keys()], variables);
  const open = here.filter((field) => !hasValue(variables, field)).slice(0, mostListed);
  const required = new Set(machine.missingFields(state, variables));
  const transitions = allowed_transitions.map(({ to }) => {
    const missing = machine.fieldsHoldingBack(state, to, variables);
    return missing.length === 0 ? to : `${to} (once ${missing.join(", ")} is known)`;
  });
  return [
    `Now: ${weekday} ${date}, ${time}.`,
    `Current state: ${state}, turn ${turnsInState + 1}${final ? "" : ` of ${max_turns}`}.`,
    `Allowed transitions: ${transitions.join(", ") || "none"}.`,
    `Known: ${known || "nothing yet"}.`,
    `Still open here: ${
      open.map((field) => required.has(field) ? `${field} (required)` : field).join(", ") || "nothing"
    }.`,
    ...describeTools(snapshot, state),
  ].join("\n");
}

/** As many known values as fit, those of the state first, shown in the order of the machine. */
function describeKnown(here: string[], all: string[], variables: Record<string, unknown>): string {
  const shown = new Map<string, string>();
  let length = 0;
  for (const name of new Set([...here, ...all])) {
    if (!hasValue(variables, name)) continue;
    const value = fence(name, String(variables[name]), 200);
    length += value.length;
    if (length > knownLength) break;
    shown.set(name, value);
  }
  const more = length > knownLength ? ["and more"] : [];
  return [...all.flatMap((name) => shown.get(name) ?? []), ...more].join(" ");
}

/** Which tools the state allows, and the files that one of them may send. */
function describeTools({ machine, media }: TurnSnapshot, state: string): string[] {
  const { tools, knowledge } = StateMachine.of(machine).state(state);
  const here = knowledge.length > 0 && !tools.includes("search_knowledge")
    ? [...tools, "search_knowledge"]
    : tools;
  if (here.length === 0) return [];
  const files = here.includes("send_media") ? (media ?? []).slice(0, mostListed) : [];
  return [
    `Tools here: ${here.join(", ")}.`,
    ...files.map(({ name, description }) => fence("file", `${name}: ${description}`, 200)),
  ];
}

function describeContact({ contact, session }: TurnSnapshot): string {
  const language = session.language ?? contact.language;
  return [
    contact.name === null ? "" : fence("customer's name", contact.name, 100),
    language === null ? "" : fence("language so far", language, 20),
    ...Object.entries(contact.attributes).slice(0, 20).map(([key, value]) =>
      fence("attribute", `${key} = ${JSON.stringify(value)}`, 200)
    ),
    session.summary === null ? "" : fence("summary so far", session.summary, 2_000),
    ...(contact.summaries ?? []).slice(0, mostSummaries).map((summary) =>
      fence("summary of an earlier conversation", summary, 500)
    ),
  ].filter((part) => part !== "").join("\n");
}

/** What people of the team agreed with the customer. */
function describeAgreements({ session, promises, now }: TurnSnapshot): string {
  const note = session.handBackNote;
  return [
    ...(note === undefined ? [] : [fence("note of the person who gave the conversation back", note, 2_000)]),
    ...(promises ?? []).slice(0, mostPromises).map(({ content, dueAt, doer }) => {
      const isDue = Date.parse(dueAt) <= Date.parse(now);
      const label = `promised, ${isDue ? "due now" : `due ${dueAt}`}, ${
        doer === "bot" ? "by you" : "by a person"
      }`;
      return fence(label, content, 500);
    }),
  ].join("\n");
}

/** The newest that fit, oldest first. */
function describeHistory(history: SnapshotMessage[]): string {
  const lines = newestLines(history.slice(-historyMessages), historyLength, pastLength);
  return lines.length === 0 ? "" : `So far:\n${lines.join("\n")}`;
}

function newestLines(messages: SnapshotMessage[], most: number, longest: number): string[] {
  const lines: string[] = [];
  let length = 0;
  for (const message of [...messages].reverse()) {
    const line = fence(speakers[message.from], describeMessage(message), longest);
    length += line.length;
    if (length > most) break;
    lines.unshift(line);
  }
  return lines;
}

function describeUndelivered(undelivered: NonNullable<TurnSnapshot["undelivered"]>): string {
  const lines = undelivered.slice(-3).map(({ content, reason }) =>
    `${fence("not delivered", content, pastLength)} (${reason.slice(0, 200)})`
  );
  return lines.length === 0 ? "" : `Not delivered:\n${lines.join("\n")}`;
}

const speakers: Record<SnapshotMessage["from"], string> = {
  contact: "customer",
  bot: "you",
  agent: "person of the team",
  system: "note",
};

function describePending(pending: SnapshotMessage[]): string {
  const lines = newestLines(pending.slice(-pendingMessages), burstLength, pendingLength);
  return lines.length === 0 ? "" : `New messages:\n${lines.join("\n")}`;
}
