import { boundedText, boundedValue } from "../bounded-json.ts";
import { withinSignal } from "../ask-model.ts";
import { fence } from "../fence.ts";
import type { TurnSnapshot } from "../snapshot.ts";
import type { ToolCall, ToolDefinition, ToolExchange } from "../tool-calls.ts";
import type { FinishedTool } from "../turn-result.ts";
import type { ToolAnswer } from "./built-in-tool.ts";
import { builtInTools } from "./built-in-tools.ts";
import { checkInput } from "./check-input.ts";
import { isAllowed, listTools, type ToolPorts } from "./list-tools.ts";
import type { TenantTool } from "./ports.ts";
import { passageIds } from "./search-knowledge.ts";
import { toolKey } from "./tool-key.ts";
import { emptyHarvest, type ToolHarvest } from "./tool-scope.ts";

/** Calls that one answer of a model may make; the rest is refused. */
const mostCalls = 8;
/** Characters of a tool's answer that a model reads. */
const longestAnswer = 8_000;
const defaultTimeoutMs = 10_000;
const mostRetries = 3;

/** Runs work and gives it up after a time. */
export type WithinTime = <T>(ms: number, work: (signal: AbortSignal) => Promise<T>) => Promise<T>;

/** The tools of one turn: what may be called, what was called, and what came of it. */
export class ToolBox {
  /** One list for the whole machine; empty if it has no tools. */
  readonly definitions: ToolDefinition[];
  readonly harvest: ToolHarvest = emptyHarvest();
  /** Answers from outside, for a turn that has to run again. */
  readonly finished: FinishedTool[] = [];
  readonly #earlier: Map<string, FinishedTool>;

  constructor(
    private readonly snapshot: TurnSnapshot,
    private readonly state: string,
    private readonly ports: ToolPorts,
    private readonly withinTime: WithinTime,
  ) {
    this.definitions = listTools(snapshot.machine, ports);
    this.#earlier = new Map((snapshot.finishedTools ?? []).map((tool) => [tool.key, tool]));
  }

  /** Answers the calls of a model, in order. Never throws unless the turn itself is aborted. */
  async answer(calls: ToolCall[], signal: AbortSignal): Promise<ToolExchange> {
    const results: ToolExchange["results"] = [];
    for (const [index, call] of calls.entries()) {
      signal.throwIfAborted();
      const { text, isError } = index < mostCalls
        ? await this.#answerOne(call, signal)
        : this.#refuse(call, "is one call too many at a time");
      results.push({
        callId: call.id,
        text: fence("result", text, longestAnswer),
        ...(isError && { isError: true }),
      });
    }
    return { calls, results };
  }

  async #answerOne({ name, input, ...call }: ToolCall, signal: AbortSignal): Promise<ToolAnswer> {
    const whole = { ...call, name, input };
    const own = builtInTools.find((tool) => tool.name === name);
    const tenants = this.ports.tools?.definitions.find((tool) => tool.name === name);
    if (!own && !tenants) return this.#refuse(whole, "is no tool that there is");
    if (!isAllowed(this.snapshot.machine, this.state, name)) {
      return this.#refuse(whole, `is not allowed in ${this.state}`);
    }
    if (own) {
      const { effects } = this.ports;
      if (own.effect && effects && !effects.includes(own.effect)) {
        return this.#refuse(whole, "can't be done here");
      }
      return await this.#kept(
        own.isKept === true,
        name,
        input,
        () =>
          this.withinTime(defaultTimeoutMs, async (limit) => {
            const both = AbortSignal.any([signal, limit]);
            const { snapshot, state, harvest } = this;
            const answer = own.run(input, {
              snapshot,
              state,
              harvest,
              knowledge: this.ports.knowledge,
              signal: both,
            });
            return answer instanceof Promise ? await withinSignal(() => answer, both) : answer;
          }),
        signal,
      );
    }
    if (!tenants) return this.#refuse(whole, "is no tool that there is");
    const checked = checkInput(tenants, input);
    if (!checked.isValid) return { text: `The input does not fit: ${checked.why}`, isError: true };
    return await this.#kept(
      true,
      name,
      checked.input,
      () => this.#callTenants(tenants, checked.input, signal),
      signal,
    );
  }

  async #callTenants(
    tool: TenantTool,
    input: Record<string, unknown>,
    signal: AbortSignal,
  ): Promise<ToolAnswer> {
    const idempotencyKey = toolKey(this.snapshot, tool.name, input);
    for (let left = Math.min(tool.retries ?? 0, mostRetries);; left--) {
      try {
        return await this.withinTime(tool.timeoutMs ?? defaultTimeoutMs, (limit) => {
          const both = AbortSignal.any([signal, limit]);
          const call = { name: tool.name, input, idempotencyKey };
          return withinSignal(
            () => this.ports.tools?.call(call, both) ?? Promise.reject(new Error("gone")),
            both,
          );
        });
      } catch (error) {
        signal.throwIfAborted();
        if (left <= 0) throw error;
      }
    }
  }

  /** Takes the answer of an earlier draft, or runs and keeps it. What fails is said to the model and not kept. */
  async #kept(
    isKept: boolean,
    name: string,
    input: unknown,
    run: () => Promise<ToolAnswer>,
    signal: AbortSignal,
  ): Promise<ToolAnswer> {
    const key = toolKey(this.snapshot, name, input);
    const earlier = isKept ? this.#earlier.get(key) : undefined;
    if (earlier) {
      this.#keep(earlier);
      // What was found then bears out prices now.
      this.harvest.evidence.push(earlier.text);
      if (name === "search_knowledge" && !earlier.isError) {
        this.harvest.passages.push(...passageIds(earlier.text));
      }
      return { text: earlier.text, isError: earlier.isError };
    }
    try {
      const answer = await run();
      const text = boundedText(String(answer.text), longestAnswer);
      if (isKept) {
        this.#keep({ key, name, text, isError: answer.isError === true });
        if (!answer.isError) this.harvest.evidence.push(text);
      }
      return { ...answer, text };
    } catch {
      signal.throwIfAborted();
      if (name === "search_knowledge") this.harvest.retrieval ??= 0;
      return { text: "error: no answer", isError: true };
    }
  }

  #keep(tool: FinishedTool): void {
    if (!this.finished.some(({ key }) => key === tool.key)) this.finished.push(tool);
  }

  #refuse({ name, input }: ToolCall, why: string): ToolAnswer {
    if (this.harvest.refusals.length < 20) {
      this.harvest.refusals.push({
        what: "tool",
        value: boundedValue(input),
        why: `${String(boundedValue(name))} ${why}`,
      });
    }
    return { text: `refused: it ${why}`, isError: true };
  }
}
