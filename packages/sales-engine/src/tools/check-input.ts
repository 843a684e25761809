import { z } from "zod";
import { boundedText } from "../bounded-json.ts";
import type { TenantTool } from "./ports.ts";

const parsers = new WeakMap<TenantTool["parameters"], z.ZodType | null>();
const complaints = 5;

/** Input that fits a tool's schema, or what is wrong with it. */
export type CheckedInput =
  | { isValid: true; input: Record<string, unknown> }
  | { isValid: false; why: string };

/** Checks a proposed input with the JSON schema of a tenant's tool. */
export function checkInput(tool: TenantTool, proposed: unknown): CheckedInput {
  const parser = parserOf(tool);
  if (!parser) return { isValid: false, why: "the tool's own schema can't be used" };
  const parsed = parser.safeParse(proposed);
  if (!parsed.success) {
    const problems = parsed.error.issues.slice(0, complaints).map(({ path, message }) =>
      `${path.map(String).join(".") || "input"}: ${message}`
    );
    return { isValid: false, why: boundedText(problems.join("; "), 500) };
  }
  const input = z.record(z.string(), z.unknown()).safeParse(parsed.data);
  return input.success
    ? { isValid: true, input: input.data }
    : { isValid: false, why: "input: it is not an object" };
}

function parserOf({ parameters }: TenantTool): z.ZodType | null {
  const known = parsers.get(parameters);
  if (known !== undefined) return known;
  const made = makeParser(parameters);
  parsers.set(parameters, made);
  return made;
}

/** A tenant writes schemas; one that is none must not end turns. */
function makeParser(parameters: Record<string, unknown>): z.ZodType | null {
  try {
    return z.fromJSONSchema(parameters);
  } catch {
    return null;
  }
}
