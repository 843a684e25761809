import { type Proposal, proposal } from "./proposal.ts";

/** The model's answer as a proposal, or what is wrong with it in words that help a model to repair it. */
export type ReadAnswer = { proposal: Proposal } | { proposal: null; complaint: string };

const complaints = 8;

/** Reads what a model said in a turn. Takes JSON text as well, since some models answer with it. */
export function readAnswer(answer: unknown): ReadAnswer {
  const parsed = proposal.safeParse(typeof answer === "string" ? parseJson(answer) : answer);
  if (parsed.success) return { proposal: parsed.data };
  const problems = parsed.error.issues.slice(0, complaints).map((issue) =>
    `${issue.path.map(String).join(".") || "answer"}: ${issue.message}`
  );
  return { proposal: null, complaint: `The answer does not fit the schema: ${problems.join("; ")}` };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
