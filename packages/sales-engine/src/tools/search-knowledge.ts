import { z } from "zod";
import { currentLanguage } from "../current-state.ts";
import { StateMachine } from "../state-machine.ts";
import { builtIn } from "./built-in-tool.ts";
import type { KnowledgeResult } from "./ports.ts";

/** Characters of passages that one search may add to a prompt. */
const longestResult = 6_000;

/** Looks the customer's question up; says so when there is nothing, or no knowledge at all. */
export const searchKnowledge = builtIn({
  name: "search_knowledge",
  description:
    "Searches the documents of the business. Cite the ids of the passages that your answer rests on.",
  isKept: true,
  input: z.strictObject({ query: z.string().trim().min(1).max(1_000) }),
  async run({ query }, { snapshot, state, knowledge, harvest, signal }) {
    if (!knowledge) return { text: describe({ status: "disabled" }) };
    const bases = StateMachine.of(snapshot.machine).state(state).knowledge;
    const result = await knowledge.search(
      { text: query, bases, language: currentLanguage(snapshot) },
      signal,
    );
    if (result.status === "hit") {
      harvest.passages.push(...result.passages.map(({ id }) => id));
      harvest.evidence.push(...result.passages.map(({ text }) => text));
      const best = Math.max(0, ...result.passages.map(({ score }) => score));
      harvest.retrieval = Math.max(harvest.retrieval ?? 0, best);
    } else if (result.status !== "disabled") {
      harvest.retrieval ??= 0;
    }
    return { text: describe(result), ...(result.status === "error" && { isError: true }) };
  },
});

function describe(result: KnowledgeResult): string {
  switch (result.status) {
    case "hit": {
      const lines = result.passages.map(({ id, text, source }) =>
        `[${id}]${source === undefined ? "" : ` ${source}:`} ${text}`
      );
      return lines.join("\n").slice(0, longestResult);
    }
    case "none":
      return "none: nothing in the documents answers this";
    case "disabled":
      return "disabled: the business has no documents";
    case "error":
      return "error: the documents can't be searched right now";
  }
}

/** The ids of the passages in a kept result. */
export function passageIds(text: string): string[] {
  return [...text.matchAll(/^\[([^\]\n]{1,200})\]/gm)].map((match) => match[1] ?? "");
}
