import { z } from "zod";
import { GraphError } from "./graph-error.ts";
import { jsonObject, type Template } from "./ledger-event.ts";
import type { Recipient } from "./recipient.ts";
import type { BusinessNumber } from "./registry.ts";
import type { SendRequest } from "./send-request.ts";
import type { Simulation } from "./simulation.ts";
import { templatesOf } from "./templates.ts";

const asked = z.object({
  name: z.string(),
  language: z.object({ code: z.string() }),
  components: z.array(z.looseObject({
    type: z.string(),
    parameters: z.array(z.looseObject({ type: z.string(), text: z.string().optional() })).default([]),
  })).default([]),
});

/** The vendor allows 1,024 letters in the body of a filled template. */
const LONGEST_TEXT = 1_024;

/**
 * Checks a template message against the template that it names.
 *
 * @throws {GraphError} 132001 unknown or not approved, 132015 paused, 132016 disabled, 132000 wrong number of parameters,
 *   132005 too long, 132012 wrong kind of parameter, 131062 a login template to somebody without a phone.
 */
export function checkTemplate(
  simulation: Simulation,
  number: BusinessNumber,
  sent: SendRequest,
  recipient: Recipient,
): void {
  const { name, language, components } = asked.parse(sent.body.template);
  const template = templatesOf(simulation, number.waba_id).find((each) =>
    each.name === name && each.language === language.code
  );
  if (template?.status === "PAUSED") {
    throw GraphError.of(132015, "Template is paused because of low quality.");
  }
  if (template?.status === "DISABLED") throw GraphError.of(132016, "Template is disabled for good.");
  if (template?.status !== "APPROVED") {
    throw GraphError.of(132001, `template name (${name}) does not exist in ${language.code}`, 404);
  }
  if (template.category === "AUTHENTICATION" && recipient.addressedBy === "bsuid") {
    throw GraphError.of(131062, "Authentication templates need a phone number");
  }
  for (const type of ["header", "body"]) checkPart(template, type, components);
}

function checkPart(template: Template, type: string, given: z.infer<typeof asked>["components"]): void {
  const parameters = given.find((each) => each.type.toLowerCase() === type)?.parameters ?? [];
  const part = template.components.find((each) => String(each.type).toLowerCase() === type);
  // A template of the registration may come without its words: nothing is known of its parameters.
  if (template.components.length === 0) return;
  const format = jsonObject.parse(part ?? {}).format;
  const isFile = type === "header" && ["IMAGE", "VIDEO", "DOCUMENT"].includes(String(format));
  const expected = isFile ? 1 : variablesOf(String(part?.text ?? "")).length;
  if (parameters.length !== expected) {
    throw GraphError.of(
      132000,
      `${type}: number of localizable_params (${parameters.length}) does not match the expected number of params (${expected})`,
    );
  }
  const kind = isFile ? String(format).toLowerCase() : "text";
  for (const parameter of parameters) {
    if (parameter.type !== kind && !["currency", "date_time"].includes(parameter.type)) {
      throw GraphError.of(132012, `${type}: Parameter format does not match, expected ${kind}`);
    }
    if ((parameter.text?.length ?? 0) > LONGEST_TEXT) {
      throw GraphError.of(132005, `${type}: Translated text too long`);
    }
  }
}

/** The names of a text's variables, each once: `{{1}}`, `{{first_name}}`. */
export function variablesOf(text: string): string[] {
  return [...new Set([...text.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map((match) => match[1] ?? ""))];
}
