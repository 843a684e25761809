import type { Template } from "./ledger-event.ts";
import type { Simulation } from "./simulation.ts";
import { newNumericId } from "./identifiers.ts";
import { tellEvent } from "./simulation.ts";

/** All templates of an account: those of its numbers' registration, and those that were made or changed since. */
export function templatesOf({ world, registry }: Simulation, wabaId: string): Template[] {
  const made = [...world.templatesOf(wabaId).values()];
  const registered = [...registry.numbers.values()].filter((number) => number.waba_id === wabaId)
    .flatMap((number) => number.templates);
  const templates = new Map<string, Template>();
  for (const { name, language, status, category, components } of registered) {
    const id = idOfRegistered(name, language);
    templates.set(id, { id, name, language, status, category, parameter_format: "POSITIONAL", components });
  }
  for (const template of made) templates.set(template.id, template);
  return [...templates.values()];
}

/** Stores a template and tells the product what became of it. */
export async function moveTemplate(
  simulation: Simulation,
  wabaId: string,
  template: Template,
  event: string = template.status,
): Promise<void> {
  await simulation.ledger.append({ kind: "template", waba_id: wabaId, template });
  await announce(simulation, wabaId, "message_template_status_update", {
    event,
    message_template_id: Number(template.id),
    message_template_name: template.name,
    message_template_language: template.language,
    message_template_category: template.category,
    reason: template.reason ?? null,
  });
}

/** Tells every app of an account about something; in the ledger before it leaves, and told until it is acknowledged. */
export async function announce(
  simulation: Simulation,
  wabaId: string,
  field: string,
  value: Record<string, unknown>,
): Promise<string[]> {
  const { registry, ledger } = simulation;
  const numbers = [...registry.numbers.values()].filter((number) => number.waba_id === wabaId);
  const ids: string[] = [];
  for (const appId of new Set(numbers.map((number) => number.app_id))) {
    const id = `event-${newNumericId()}`;
    const event = await ledger.append({ kind: "event", id, waba_id: wabaId, app_id: appId, field, value });
    if (event.kind === "event") tellEvent(simulation, event);
    ids.push(id);
  }
  return ids;
}

/** A template of the registration has no number of its own; one made of its name stays the same. */
function idOfRegistered(name: string, language: string): string {
  const sum = [...`${name}.${language}`].reduce(
    (hash, letter) => (hash * 31 + (letter.codePointAt(0) ?? 0)) % 1e12,
    7,
  );
  return String(1e14 + sum);
}
