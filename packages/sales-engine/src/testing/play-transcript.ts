import type { LanguageModel } from "../language-model.ts";
import type { MachineDefinition } from "../machine-definition.ts";
import { runTurn } from "../run-turn.ts";
import type { SnapshotMessage, TurnSnapshot } from "../snapshot.ts";
import { StateMachine } from "../state-machine.ts";
import type { TurnResult } from "../turn-result.ts";
import { validateField } from "../validate-field.ts";
import { buildMessage, buildSnapshot } from "./build-snapshot.ts";
import { checkLine } from "./check-turn.ts";
import { keepTurn } from "./keep-turn.ts";
import { readTranscript, type TranscriptLine } from "./read-transcript.ts";
import { scriptedModel } from "./scripted-model.ts";
import { readValue, scriptTurn } from "./script-turn.ts";

/** What a transcript is played with. */
export interface TranscriptOptions {
  machine: MachineDefinition;
  /** The model that answers; without one, the `model …` lines of the transcript do. */
  model?: LanguageModel;
}

/**
 * Plays a conversation and checks every expectation in it. Keeps the conversation as the product does:
 * state, known fields, failed turns, language and history go on from turn to turn.
 *
 * ```text
 * today: 2026-11-23          (header: contact, today, language, start, known x = y, tenant, locale)
 *
 * customer: hola             (several lines are one burst; [voice note, 12 s], [image] …; customer taps: id | Title)
 * model says: ¡Hola!         (script: says, offers, moves, reads, escalates, confidence, language,
 * model moves: need           answers nonsense, is down)
 * bot: hola                  (expectations: the keys of `checks` in check-turn.ts)
 * state: need
 * field quantity = 400
 * ```
 *
 * @returns The result of every turn, in order.
 * @throws {Error} At the first line that does not hold, with its number and what happened instead.
 */
export async function playTranscript(text: string, options: TranscriptOptions): Promise<TurnResult[]> {
  const { header, turns } = readTranscript(text);
  let snapshot = startFrom(header, options.machine);
  const results: TurnResult[] = [];
  for (const lines of turns) {
    snapshot = { ...snapshot, ...heard(lines, snapshot) };
    const language = snapshot.session.language ?? options.machine.persona.languages[0] ?? "en";
    const model = options.model ?? scriptedModel(scriptTurn(lines, language));
    const result = await runTurn(snapshot, { model, clock: { nowMs: () => 0 } });
    snapshot = keepTurn(snapshot, result);
    const played = { result, variables: snapshot.session.variables };
    for (const line of lines) if (!isInput(line)) checkLine(line, played);
    results.push(result);
  }
  return results;
}

function isInput({ key }: TranscriptLine): boolean {
  return key.startsWith("customer") || key.startsWith("model") || key === "cause";
}

function startFrom(header: TranscriptLine[], machine: MachineDefinition): TurnSnapshot {
  const snapshot = buildSnapshot(machine, { pending: [] });
  for (const { key, value, number } of header) {
    if (key === "today") snapshot.now = `${value}T12:00:00.000Z`;
    else if (key === "contact") snapshot.contact.name = value;
    else if (key === "language") snapshot.session.language = value;
    else if (key === "locale") snapshot.tenant.locale = value;
    else if (key === "tenant") snapshot.tenant.name = value;
    else if (key === "start") snapshot.session.state = value;
    else if (key === "known") {
      const [name = "", ...rest] = value.split("=");
      snapshot.session.variables[name.trim()] = stored(
        machine,
        name.trim(),
        readValue(rest.join("=").trim()),
      );
    } else if (key !== "title") {
      throw new SyntaxError(`Cannot read line ${number} of the transcript: "${key}" is no header`);
    }
  }
  return snapshot;
}

function stored(machine: MachineDefinition, name: string, value: unknown): unknown {
  const field = StateMachine.of(machine).fields.get(name);
  const verdict = field && validateField(field, value);
  if (!verdict?.isValid) {
    throw new SyntaxError(`Cannot start with ${name}: ${verdict?.why ?? "is not a field of the machine"}`);
  }
  return verdict.value;
}

const causes = ["messages", "follow_up", "hand_back", "promise", "delivery_failed"] as const;

/** What the customer wrote in this turn, or why there is a turn without it. */
function heard(lines: TranscriptLine[], { history }: TurnSnapshot): Pick<TurnSnapshot, "pending" | "cause"> {
  const written = lines.filter(({ key }) => key.startsWith("customer"));
  const pending = written.map(({ key, value }, index) => {
    const seq = history.length + index + 1;
    return buildMessage({
      id: `message-${seq}`,
      seq,
      ...(key === "customer taps" ? readTap(value) : readMessage(value)),
    });
  });
  const named = lines.find(({ key }) => key === "cause")?.value;
  return { pending, cause: causes.find((cause) => cause === named) ?? "messages" };
}

const bracketed: Record<string, string> = {
  "voice note": "audio",
  image: "image",
  video: "video",
  document: "document",
  sticker: "sticker",
  location: "location",
  contact: "contact",
};

function readMessage(written: string): Partial<SnapshotMessage> {
  const file = /^\[(voice note|image|video|document|sticker|location|contact)(?:,\s*(\d+)\s*s)?\]\s*(.*)$/
    .exec(written);
  if (!file) return { type: "text", content: written };
  const length = file[2] === undefined ? {} : { durationMs: Number(file[2]) * 1000 };
  return { type: bracketed[file[1] ?? ""] ?? "unsupported", content: file[3] ?? "", ...length };
}

function readTap(written: string): Partial<SnapshotMessage> {
  const [id = "", title = id] = written.split("|").map((part) => part.trim());
  return { type: "interactive", content: title, tapId: id };
}
