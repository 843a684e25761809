import { z } from "zod";
import type { Effect } from "../effect.ts";
import type { ToolDefinition } from "../tool-calls.ts";
import type { ToolScope } from "./tool-scope.ts";

/** What a tool says to the model. */
export interface ToolAnswer {
  text: string;
  isError?: boolean;
}

/** A tool of the engine's own: it gathers data, and does nothing. */
export interface BuiltInTool {
  name: string;
  definition: ToolDefinition;
  /** The effect that it causes; it is offered only to who can commit such an effect. */
  effect?: Effect["kind"];
  /** Whether its answer is kept for a turn that runs again; the others are quick and without a trace. */
  isKept?: boolean;
  /** Parses the input and runs. Hostile input is answered with what is wrong with it. */
  run(input: unknown, scope: ToolScope): ToolAnswer | Promise<ToolAnswer>;
}

/** How a tool is written. */
export interface ToolPlan<Input> extends Pick<BuiltInTool, "name" | "effect" | "isKept"> {
  description: string;
  input: z.ZodType<Input>;
  run(input: Input, scope: ToolScope): ToolAnswer | Promise<ToolAnswer>;
}

const complaints = 5;

/** Makes a tool of its plan: the schema that is shown and the one that is checked are the same. */
export function builtIn<Input>(
  { name, description, input, run, effect, isKept }: ToolPlan<Input>,
): BuiltInTool {
  const { $schema: _, ...parameters } = z.toJSONSchema(input, { io: "input" });
  return {
    name,
    definition: { name, description, parameters },
    ...(effect && { effect }),
    ...(isKept && { isKept }),
    run(proposed, scope) {
      const parsed = input.safeParse(proposed);
      if (parsed.success) return run(parsed.data, scope);
      const problems = parsed.error.issues.slice(0, complaints).map(({ path, message }) =>
        `${path.map(String).join(".") || "input"}: ${message}`
      );
      return { text: `The input does not fit: ${problems.join("; ")}`, isError: true };
    },
  };
}
