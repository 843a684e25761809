import { z } from "zod";
import type { FieldDefinition, MachineDefinition } from "./machine-definition.ts";
import { proposal } from "./proposal.ts";
import { optionsOf } from "./show-value.ts";
import { StateMachine } from "./state-machine.ts";

type JsonSchema = Record<string, unknown>;

const schemas = new WeakMap<MachineDefinition, JsonSchema>();

/**
 * JSON schema of the answer that a model gives: a proposal whose transition is a state of the machine and
 * whose fields are the machine's. The same object for every state and turn, so that providers can cache it.
 * Every property is required and closed, as strict structured output wants; an unknown field is `null`.
 */
export function answerSchema(machine: MachineDefinition): JsonSchema {
  const known = schemas.get(machine);
  if (known) return known;
  const { states, fields: declared } = StateMachine.of(machine);
  const fields = [...declared];
  const general = z.toJSONSchema(proposal);
  const made = {
    ...general,
    properties: {
      ...general.properties,
      transition: { enum: [...states, null] },
      fields: {
        type: "object",
        properties: Object.fromEntries(fields.map(([name, field]) => [name, fieldSchema(field)])),
        required: fields.map(([name]) => name),
        additionalProperties: false,
      },
    },
  };
  schemas.set(machine, made);
  return made;
}

const jsonTypes: Record<FieldDefinition["type"], string> = {
  string: "string",
  integer: "integer",
  number: "number",
  boolean: "boolean",
  date: "string",
  email: "string",
  phone: "string",
  enum: "string",
};

function fieldSchema(field: FieldDefinition): JsonSchema {
  const { description } = field;
  if (field.type === "enum") {
    return { enum: [...optionsOf(field).map((option) => option.value), null], description };
  }
  const form = field.type === "date" ? " (YYYY-MM-DD)" : "";
  return { type: [jsonTypes[field.type], "null"], description: description + form };
}
