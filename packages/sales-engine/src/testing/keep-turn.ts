import type { TurnSnapshot } from "../snapshot.ts";
import type { TurnResult } from "../turn-result.ts";
import { buildMessage } from "./build-snapshot.ts";

/**
 * The conversation after a turn, as the database keeps it (`engine.store_decisions`).
 *
 * @param at When the replies were sent, ISO 8601. Default: the time of every message that a test builds.
 */
export function keepTurn(turn: TurnSnapshot, result: TurnResult, at?: string): TurnSnapshot {
  const { session, history, pending } = turn;
  const said = result.replies.map(({ text }, index) => {
    const seq = history.length + pending.length + index + 1;
    return buildMessage({
      id: `message-${seq}`,
      seq,
      from: "bot",
      content: text,
      ...(at !== undefined && { at }),
    });
  });
  const hasMoved = result.toState !== (session.state ?? turn.machine.initial);
  const isAsking = result.decision === "clarify" && !result.scores["progress"];
  return {
    ...turn,
    history: [...history, ...pending, ...said],
    pending: [],
    session: {
      ...session,
      state: result.toState,
      variables: { ...session.variables, ...result.fields },
      turnsInState: hasMoved ? 0 : session.turnsInState + 1,
      failedTurns: result.isFailed ? session.failedTurns + 1 : 0,
      clarifications: isAsking ? (session.clarifications ?? 0) + 1 : 0,
      language: result.language,
      summary: result.summary ?? session.summary,
    },
  };
}
