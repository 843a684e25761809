/** Tells how much time has passed. */
export interface Clock {
  /** Milliseconds since any fixed moment. */
  nowMs(): number;
  /** Calls back once after a time and returns how to call it off. Without it a tool may take as long as its turn. */
  after?(ms: number, callback: () => void): () => void;
}
