import type { Proposal } from "../proposal.ts";
import { buildProposal } from "./build-proposal.ts";
import type { TranscriptLine } from "./read-transcript.ts";

/**
 * The answers that the `model …` lines of one turn script, in order of calls. `model answers nonsense`
 * ends one call; the other lines together are the next.
 *
 * @param language What the proposal says unless `model language` differs.
 * @throws {SyntaxError} For a `model …` line that is not known.
 */
export function scriptTurn(lines: TranscriptLine[], language: string): unknown[] {
  const answers: unknown[] = [];
  const draft = buildProposal({ replies: [], intent: "scripted", language });
  let isProposed = false;
  for (const { key, value, number } of lines) {
    if (!key.startsWith("model")) continue;
    if (key === "model answers nonsense") answers.push(value);
    else if (key === "model is down") answers.push(new Error("the model is down"));
    else if (addTo(draft, key, value)) isProposed = true;
    else {throw new SyntaxError(
        `Cannot read line ${number} of the transcript: "${key}" is not a line of the model`,
      );}
  }
  if (isProposed && draft.replies.length === 0) draft.replies.push({ text: "…", buttons: [] });
  return isProposed ? [...answers, draft] : answers;
}

function addTo(draft: Proposal, key: string, value: string): boolean {
  switch (key) {
    case "model says":
      draft.replies.push({ text: value, buttons: [] });
      return true;
    case "model offers":
      draft.replies.at(-1)?.buttons.push(
        ...value.split("|").map((title) => ({ id: title.trim(), title: title.trim() })),
      );
      return true;
    case "model moves":
      draft.transition = value;
      return true;
    case "model reads": {
      const [name = "", ...rest] = value.split("=");
      draft.fields[name.trim()] = readValue(rest.join("=").trim());
      return true;
    }
    case "model escalates":
      draft.escalation = { reason: value, category: "other", urgency: "normal", summary: value };
      return true;
    case "model confidence":
      draft.confidence = Number(value);
      return true;
    case "model language":
      draft.language = value;
      return true;
    default:
      return false;
  }
}

/** A value as JSON if it is JSON, else as text: `400`, `true`, `Pizzería Roma`. */
export function readValue(written: string): unknown {
  try {
    return JSON.parse(written);
  } catch {
    return written;
  }
}
