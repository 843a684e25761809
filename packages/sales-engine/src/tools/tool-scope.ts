import type { Effect } from "../effect.ts";
import type { TurnSnapshot } from "../snapshot.ts";
import type { Refusal, Reply, TurnResult } from "../turn-result.ts";
import type { Knowledge } from "./ports.ts";

/** What tools have gathered in a turn so far; all of it is still to be judged like a proposal. */
export interface ToolHarvest {
  /** Fields as proposed. */
  fields: Record<string, unknown>;
  replies: Reply[];
  effects: Effect[];
  escalation: TurnResult["escalation"];
  refusals: Refusal[];
  /** Ids of passages that were found. */
  passages: string[];
  /** Texts that prices may be borne out by. */
  evidence: string[];
  /** Score of the best passage; `null` if nothing was searched. */
  retrieval: number | null;
}

/** Where a tool runs. */
export interface ToolScope {
  snapshot: TurnSnapshot;
  state: string;
  knowledge: Knowledge | undefined;
  harvest: ToolHarvest;
  signal: AbortSignal;
}

/** Nothing gathered yet. */
export function emptyHarvest(): ToolHarvest {
  return {
    fields: {},
    replies: [],
    effects: [],
    escalation: null,
    refusals: [],
    passages: [],
    evidence: [],
    retrieval: null,
  };
}
