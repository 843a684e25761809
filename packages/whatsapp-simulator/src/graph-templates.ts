import { z } from "zod";
import { variablesOf } from "./check-template.ts";
import { genuineToken } from "./graph-authorization.ts";
import { GraphError } from "./graph-error.ts";
import { newNumericId } from "./identifiers.ts";
import { type JsonObject, jsonObject, type Template } from "./ledger-event.ts";
import type { Simulation } from "./simulation.ts";
import { moveTemplate, templatesOf } from "./templates.ts";

const component = z.discriminatedUnion("type", [
  z.looseObject({
    type: z.literal("HEADER"),
    format: z.enum(["TEXT", "IMAGE", "VIDEO", "DOCUMENT", "LOCATION"]),
    text: z.string().min(1).max(60).optional(),
  }),
  z.looseObject({ type: z.literal("BODY"), text: z.string().min(1).max(1_024) }),
  z.looseObject({ type: z.literal("FOOTER"), text: z.string().min(1).max(60) }),
  z.looseObject({
    type: z.literal("BUTTONS"),
    buttons: z.array(z.looseObject({
      type: z.enum(["QUICK_REPLY", "URL", "PHONE_NUMBER", "COPY_CODE", "OTP", "FLOW"]),
      text: z.string().max(25).optional(),
    })).min(1).max(10),
  }),
]);

const wanted = z.object({
  name: z.string().regex(/^[a-z0-9_]{1,512}$/),
  category: z.enum(["UTILITY", "MARKETING", "AUTHENTICATION"]),
  language: z.string().regex(/^[a-z]{2,3}(_[A-Z]{2})?$/),
  parameter_format: z.string().toUpperCase().pipe(z.enum(["POSITIONAL", "NAMED"])).default("POSITIONAL"),
  components: z.array(component).min(1),
});

/**
 * `/{version}/{waba_id}/message_templates`: `POST` asks for a review, `GET` lists, `DELETE` forgets by name.
 *
 * @throws {GraphError} 190 or 100/33 for whom the account is not; 100 for what the reviewers would never see.
 */
export async function answerTemplates(
  simulation: Simulation,
  request: Request,
  url: URL,
  wabaId: string,
): Promise<Response> {
  const token = genuineToken(simulation, request);
  const isOwn = [...simulation.registry.numbers.values()].some((number) =>
    number.waba_id === wabaId && number.access_token === token
  );
  if (!isOwn) throw GraphError.unknownObject(request.method, wabaId);
  switch (request.method) {
    case "GET":
      return list(templatesOf(simulation, wabaId), url);
    case "POST":
      return await create(simulation, wabaId, await request.json().catch(() => undefined));
    case "DELETE":
      return await remove(simulation, wabaId, url.searchParams.get("name"));
    default:
      throw GraphError.unknownObject(request.method, wabaId);
  }
}

async function create(simulation: Simulation, wabaId: string, body: unknown): Promise<Response> {
  const parsed = wanted.safeParse(body);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw GraphError.parameter(`Invalid parameter: ${issue?.path.join(".")}: ${issue?.message}`);
  }
  const { components, ...about } = parsed.data;
  checkWords(components, about.parameter_format);
  const isTaken = templatesOf(simulation, wabaId).some((each) =>
    each.name === about.name && each.language === about.language
  );
  if (isTaken) throw GraphError.parameter("Content in this language already exists");
  const template: Template = { id: newNumericId(), ...about, status: "PENDING", components };
  await simulation.ledger.append({ kind: "template", waba_id: wabaId, template });
  const reviewMs = simulation.settings().template_review_ms;
  if (reviewMs !== null) {
    simulation.clock.after(
      reviewMs,
      () => void moveTemplate(simulation, wabaId, { ...template, status: "APPROVED" }),
    );
  }
  return Response.json({ id: template.id, status: template.status, category: template.category });
}

function checkWords(components: z.infer<typeof component>[], format: Template["parameter_format"]): void {
  const bodies = components.filter(({ type }) => type === "BODY");
  if (bodies.length !== 1) throw GraphError.parameter("Invalid parameter: exactly one BODY is required");
  for (const part of components) {
    if (part.type !== "BODY" && part.type !== "HEADER") continue;
    const variables = variablesOf(part.text ?? "");
    if (variables.length === 0) continue;
    const isInOrder = variables.every((name, index) => name === String(index + 1));
    if (format === "POSITIONAL" && !isInOrder) {
      throw GraphError.parameter("Invalid parameter: variables must be {{1}}, {{2}}, … in order");
    }
    if (part.example === undefined) {
      throw GraphError.parameter(`Invalid parameter: ${part.type} has variables and needs an example`);
    }
    if (/^\s*\{\{|\}\}\s*$/.test(part.text ?? "")) {
      throw GraphError.parameter("Invalid parameter: variables cannot stand at the start or end");
    }
  }
}

/** Pages by number: `after` is where the next one begins. */
function list(templates: Template[], url: URL): Response {
  const { name, status, limit = "25", after = "0" } = Object.fromEntries(url.searchParams);
  const kept = templates.filter((each) =>
    (name === undefined || each.name.includes(name)) && (status === undefined || each.status === status)
  );
  const start = Number(after) || 0;
  const end = start + (Number(limit) || 25);
  const cursors = { before: String(start), after: String(Math.min(end, kept.length)) };
  return Response.json({
    data: kept.slice(start, end).map(written),
    paging: { cursors, ...(end < kept.length && { next: nextPage(url, end) }) },
  });
}

function nextPage(url: URL, after: number): string {
  const next = new URL(url);
  next.searchParams.set("after", String(after));
  return next.href;
}

function written({ reason, ...template }: Template): JsonObject {
  return jsonObject.parse({
    ...template,
    ...(template.status === "REJECTED" && { rejected_reason: reason ?? "NONE" }),
  });
}

async function remove(simulation: Simulation, wabaId: string, name: string | null): Promise<Response> {
  const named = [...simulation.world.templatesOf(wabaId).values()].filter((each) => each.name === name);
  if (named.length === 0) throw GraphError.parameter(`Message template ${name} does not exist`);
  for (const template of named) {
    await simulation.ledger.append({ kind: "template", waba_id: wabaId, template, removed: true });
  }
  return Response.json({ success: true });
}
