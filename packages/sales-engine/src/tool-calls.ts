/** Something that a model may call before it answers. */
export interface ToolDefinition {
  /** Lowercase letters, digits and `_`, at most 64. */
  name: string;
  /** What it is for, for the model. */
  description: string;
  /** JSON schema of the input: an object. */
  parameters: Record<string, unknown>;
}

/** A wish of a model. `input` is hostile until it is parsed with the tool's schema. */
export interface ToolCall {
  /** Made by the provider; the result names it. */
  id: string;
  name: string;
  input: unknown;
}

/** The calls of one answer with a result for each. */
export interface ToolExchange {
  calls: ToolCall[];
  results: { callId: string; text: string; isError?: boolean }[];
}
