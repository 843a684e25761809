import type { Answer } from "../speak/answer-question.ts";
import { isAlike, isContentWord } from "../understand/concepts.ts";
import { sentences, tokenize } from "../understand/text.ts";
import type { FoundPassage } from "./found-passage.ts";

/** The sentence of the passages that has most of the question's words; `null` if none has half of them. */
export function extractAnswer(passages: FoundPassage[], question: string[]): Answer | null {
  const wanted = question.filter(isContentWord);
  if (wanted.length === 0) return null;
  let best: { score: number; answer: Answer } | null = null;
  for (const { id, text } of passages) {
    for (const sentence of sentences(text)) {
      const own = tokenize(sentence.text).map(({ word }) => word);
      const score = wanted.filter((word) => own.some((other) => isAlike(word, other))).length / wanted.length;
      if (score >= 0.5 && score > (best?.score ?? 0)) {
        best = { score, answer: { text: sentence.text, kind: "passage", passageId: id } };
      }
    }
  }
  return best?.answer ?? null;
}
