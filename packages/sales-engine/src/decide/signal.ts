/**
 * What a decision rests on. Every signal is one number, 0 where it is absent, so that a turn's `scores` hold
 * all of them and the decision can be computed again from the stored row, here or in SQL.
 */
export type Signal =
  /** 1: a person or the queue holds the session. */
  | "not_ours"
  /** 1: the customer asked for a person. */
  | "person_asked"
  /** 1: the customer wants no more messages. */
  | "opted_out"
  /** Turns in a row that the other side looked like a bot. */
  | "bot_turns"
  /** 1: a blocked topic was met. */
  | "topic_blocked"
  /** Likeness of the nearest approved answer, 0 to 1. */
  | "canonical"
  /** How far the budget is spent: 1 save, 2 approved answers only, 3 nothing. */
  | "budget"
  /** 1: the model was asked. */
  | "model_asked"
  /** 1: the model gave no usable answer. */
  | "model_unusable"
  /** 1: the turn could not be played. */
  | "gave_up"
  /** 1: the state that was entered calls a person. */
  | "state_calls"
  /** 1: the state has used up its turns and calls a person. */
  | "turns_spent"
  /** 1: the model wants a person. */
  | "model_calls"
  /** 1: the bot speaks on its own initiative: a follow-up, a hand-back, a promise. */
  | "initiative"
  /** 1: a field was learned or the state changed. */
  | "progress"
  /** The model's confidence, 0 to 1. */
  | "confidence"
  /** Score of the best passage that was found, 0 to 1. */
  | "retrieval"
  /** 1: knowledge was searched, and nothing was found or the search failed. */
  | "nothing_found"
  /** 1: this would be one failed turn too many. */
  | "patience_spent"
  /** Times in a row that the bot asked back before this turn. */
  | "clarifications"
  /** 1: it is outside the office hours. */
  | "closed"
  /** 1: no agent is online. */
  | "agents_away"
  /** Calls for a person that this contact had today. */
  | "escalations_today";

/** Signals of a turn; what is absent is 0. */
export type Signals = Partial<Record<Signal, number>>;
