import type { LanguageModel, ModelRequest } from "../language-model.ts";

/** A model that says what it is told, and keeps what it was asked. */
export interface ScriptedModel extends LanguageModel {
  readonly calls: ModelRequest[];
}

/**
 * A model with a script: one answer for ever, a list (one per call, then it throws), or a function of the
 * request. An `Error` in place of an answer is thrown.
 */
export function scriptedModel(script: (request: ModelRequest) => unknown): ScriptedModel;
export function scriptedModel(script: unknown): ScriptedModel;
export function scriptedModel(script: unknown): ScriptedModel {
  const calls: ModelRequest[] = [];
  return {
    name: "scripted",
    calls,
    async complete(request) {
      calls.push(request);
      const answer = await nextAnswer(script, request, calls.length - 1);
      if (answer instanceof Error) throw answer;
      return {
        answer,
        model: "scripted",
        inputTokens: 100,
        cachedTokens: 80,
        outputTokens: 20,
        costUsd: 0.001,
      };
    },
  };
}

function nextAnswer(script: unknown, request: ModelRequest, call: number): unknown {
  if (typeof script === "function") return script(request);
  if (!Array.isArray(script)) return script;
  return call < script.length
    ? script[call]
    : new Error(`Cannot answer call ${call + 1}: the script has ${script.length}`);
}
