import type { Proposal } from "../proposal.ts";

/** A proposal that greets, stays and understands nothing, unless told otherwise. */
export function buildProposal(changes: Partial<Proposal> = {}): Proposal {
  return {
    replies: [{ text: "¡Hola! ¿En qué te ayudo?", buttons: [] }],
    transition: null,
    fields: {},
    escalation: null,
    intent: "greeting",
    language: "es",
    sentiment: "neutral",
    topics: [],
    confidence: 0.9,
    summary: null,
    citations: [],
    ...changes,
  };
}
