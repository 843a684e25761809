import {
  type ApprovedChoice,
  type CanonicalAnswers,
  type CanonicalQuestion,
  chooseApproved,
  type Embedder,
} from "@app/sales-engine/mod.ts";
import { z } from "zod";
import type { Database, Tenant } from "../ports.ts";

/** Wordings that one search makes vectors for, beside the question's own; the next search goes on. */
const mostEmbedded = 63;
/** Wordings that are compared by their words as well. */
const mostCompared = 12;
/** All wordings that a tenant may have, for when there is no vector to order them by. */
const mostVariants = 2_000;
/** A longer question asks for more than one answer. */
const longestQuestion = 500;

const unembedded = z.array(z.object({ id: z.string(), text: z.string() }));
const found = z.array(z.object({
  answerId: z.string(),
  text: z.string(),
  answers: z.record(z.string(), z.string()),
  cosine: z.number().nullable(),
}));

/** What a search needs. */
export interface ApprovedPorts {
  database: Pick<Database, "callAsTenant">;
  /** `null`: only the very same words are found. */
  embedder: Embedder | null;
  /** An embedder failed; the search goes on by words alone. */
  report(error: unknown): void;
}

/**
 * Looks for the approved answer of a tenant to a question. Wordings that have no vector of this embedder get one on the
 * way, a few at a time, so that new answers and another embedder need no job of their own.
 *
 * @param language BCP 47; only answers in it count.
 * @param threshold Likeness from which answers contradict each other.
 */
export async function findApprovedAnswer(
  tenant: Tenant,
  question: string,
  language: string,
  threshold: number,
  { database, embedder, report }: ApprovedPorts,
  signal: AbortSignal,
): Promise<ApprovedChoice> {
  const text = question.trim();
  if (text === "" || text.length > longestQuestion) return { match: null, contradictedIds: [] };
  const model = embedder?.name ?? "none";
  const missing = embedder === null ? [] : unembedded.parse(
    await database.callAsTenant(
      tenant,
      (call) => call`engine.list_unembedded(${model}, ${mostEmbedded}::integer)`,
    ),
  );
  const vectors = embedder === null
    ? null
    : await embedder.embed([text, ...missing.map((variant) => variant.text)], signal).catch((error) => {
      signal.throwIfAborted();
      report(error);
      return null;
    });
  const embedded = vectors === null
    ? []
    : missing.map((variant, index) => ({ ...variant, embedding: vectors[index + 1] }));
  const limit = vectors === null ? mostVariants : mostCompared;
  const variants = found.parse(
    await database.callAsTenant(
      tenant,
      (call) =>
        call`engine.find_canonical(${model}, ${call.json(vectors?.[0] ?? null)}, ${call.json(embedded)},
          ${limit}::integer)`,
    ),
  );
  return chooseApproved(text, language, variants, threshold);
}

/** The engine's port for one turn; it remembers what contradicted itself, for the turn's record. */
export function approvedAnswersOf(
  search: (question: string, language: string, signal: AbortSignal) => Promise<ApprovedChoice>,
): { port: CanonicalAnswers; contradictedIds: string[] } {
  const contradictedIds: string[] = [];
  return {
    contradictedIds,
    port: {
      async find({ messages, language }: CanonicalQuestion, signal) {
        // A picture or a tap on a button asks for something else.
        if (messages.some(({ type, tapId }) => type !== "text" || tapId !== undefined)) return null;
        const question = messages.map(({ content }) => content).join(" ");
        const choice = await search(question, language, signal);
        contradictedIds.push(...choice.contradictedIds);
        return choice.match;
      },
    },
  };
}
