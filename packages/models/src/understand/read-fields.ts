import { hasValue, type StateMachine, validateField } from "@app/sales-engine/mod.ts";
import { type FieldProfile, profilesOf } from "./field-profile.ts";
import type { Language } from "./languages.ts";
import { type MessageReading, overlaps } from "./message-reading.ts";
import { type Candidate, type Focus, leastStrength } from "./read-field/candidate.ts";
import { ambiguousOptions } from "./read-field/read-option.ts";
import { readPlainAnswer } from "./read-field/read-plain-answer.ts";
import { readerOf } from "./read-field/reader-of.ts";
import { volunteeredStory } from "./volunteered-story.ts";

/** What the messages of a turn say about the fields of a machine. */
export interface FieldsReading {
  /** Values that the machine accepts, by field name. */
  values: Record<string, string | number | boolean>;
  /** Values that were understood but that the machine does not take, such as a quantity below the minimum. */
  refused: { name: string; value: unknown }[];
  /** Options that fit equally well, by field name: worth a question. */
  ambiguous: Record<string, string[]>;
  /** The contact does not know or does not want to say what was asked. */
  isDeclined: boolean;
}

/** Where the conversation stands. */
export interface FieldsContext {
  machine: StateMachine;
  state: string;
  variables: Record<string, unknown>;
  /** The field that the bot's last message asked for. */
  asked: string | null;
  language: Language;
}

interface Claim extends Candidate {
  profile: FieldProfile;
  focus: Focus;
}

/**
 * Finds values for the fields of every state: customers volunteer facts early. What was asked comes first, then the
 * state's own fields, then the others; a value that is there already is changed by a correction only.
 */
export function readFields(readings: MessageReading[], context: FieldsContext): FieldsReading {
  const result: FieldsReading = { values: {}, refused: [], ambiguous: {}, isDeclined: false };
  const current = new Set(context.machine.fieldsOf(context.state).map(([name]) => name));
  for (const reading of readings) readOne(reading, context, current, result);
  return result;
}

function readOne(
  reading: MessageReading,
  context: FieldsContext,
  current: ReadonlySet<string>,
  result: FieldsReading,
): void {
  const profiles = profilesOf(context.machine);
  const variables = { ...context.variables, ...result.values };
  const tapped = readTap(reading.tapId, profiles);
  if (tapped) {
    settle(tapped.profile, tapped.value, result);
    return;
  }
  const asked = context.asked !== null && !Object.hasOwn(result.values, context.asked) ? context.asked : null;
  const claims: Claim[] = [];
  for (const profile of profiles.values()) {
    const focus: Focus = {
      isAsked: profile.name === asked,
      isCurrent: current.has(profile.name),
      isKnown: hasValue(variables, profile.name) && profile.name !== asked,
      isOnly: isOnlyOfItsType(profile, profiles, variables),
      place: placeOf(profile, profiles, variables),
      language: context.language,
    };
    for (const candidate of readerOf(profile)(profile, reading, focus)) {
      if (candidate.strength >= leastStrength && mayChange(profile, focus, reading)) {
        claims.push({ ...candidate, profile, focus });
      }
    }
  }
  const taken = grant(claims, result);
  findAmbiguous(reading, context, current, asked, profiles, variables, result);
  const profile = asked === null ? undefined : profiles.get(asked);
  if (profile && profile.field.type === "string" && !Object.hasOwn(result.values, profile.name)) {
    const answer = readPlainAnswer(profile, reading, taken);
    if (answer.kind === "answer") settle(profile, answer.value, result);
    result.isDeclined ||= answer.kind === "declined";
  } else if (profile && !Object.hasOwn(result.values, profile.name)) {
    result.isDeclined ||= reading.clauses.some((clause) => clause.acts.has("unsure"));
  }
  const hasGained = Object.keys(result.values).length > 0;
  const story = volunteeredStory(
    reading,
    profiles,
    context.asked,
    { ...variables, ...result.values },
    hasGained,
  );
  if (story && !Object.hasOwn(result.values, story.profile.name)) settle(story.profile, story.value, result);
}

/** Gives every piece of the message to the strongest claim; a field takes one value. */
function grant(claims: Claim[], result: FieldsReading): { start: number; end: number }[] {
  const taken: { start: number; end: number }[] = [];
  const chosen: { start: number; end: number }[] = [];
  const filled = new Set<string>();
  const open = (claim: Claim) => claim.focus.isKnown ? 0 : 1;
  for (const claim of claims.sort((a, b) => open(b) - open(a) || b.strength - a.strength)) {
    // "Cajas de cartón blanco" names the product and chooses the material.
    const { type } = claim.profile.field;
    const others = type === "enum" ? chosen : taken;
    // "De 10" answers which box; it is not a quantity as well.
    const isSpoken = overlaps(claim, others) || type !== "string" && overlaps(claim, chosen);
    if (filled.has(claim.profile.name) || isSpoken) continue;
    filled.add(claim.profile.name);
    if (claim.end > claim.start) others.push({ start: claim.start, end: claim.end });
    settle(claim.profile, claim.value, result);
  }
  return taken;
}

/** Looks for options that could be meant in the fields that are asked for or come next. */
function findAmbiguous(
  reading: MessageReading,
  { language }: FieldsContext,
  current: ReadonlySet<string>,
  asked: string | null,
  profiles: ReadonlyMap<string, FieldProfile>,
  variables: Record<string, unknown>,
  result: FieldsReading,
): void {
  for (const profile of profiles.values()) {
    const { name, field } = profile;
    const isOpen = field.type === "enum" && !hasValue(variables, name) && !Object.hasOwn(result.values, name);
    if (!isOpen || name !== asked && profile.topic !== "product") continue;
    const focus = {
      isAsked: true,
      isCurrent: current.has(name),
      isKnown: false,
      isOnly: true,
      place: 0,
      language,
    };
    const options = ambiguousOptions(profile, reading, focus);
    if (options.length > 0) result.ambiguous[name] = options;
  }
}

function settle({ name, field }: FieldProfile, value: unknown, result: FieldsReading): void {
  const verdict = validateField(field, value);
  if (verdict.isValid) result.values[name] = verdict.value;
  else result.refused.push({ name, value });
}

/** Buttons carry the field and the place of the option: `field:<name>:<index>`, or `yes` and `no`. */
function readTap(tapId: string | undefined, profiles: ReadonlyMap<string, FieldProfile>) {
  const [kind, name, choice] = tapId?.split(":") ?? [];
  const profile = kind === "field" && name !== undefined ? profiles.get(name) : undefined;
  if (!profile || choice === undefined) return null;
  if (profile.field.type === "boolean") return { profile, value: choice === "yes" };
  const option = profile.options[Number(choice)];
  return option ? { profile, value: option.option.value } : null;
}

function isOnlyOfItsType(
  profile: FieldProfile,
  profiles: ReadonlyMap<string, FieldProfile>,
  variables: Record<string, unknown>,
): boolean {
  return ![...profiles.values()].some((other) =>
    other.name !== profile.name && other.field.type === profile.field.type && other.topic === profile.topic &&
    !hasValue(variables, other.name)
  );
}

function placeOf(
  profile: FieldProfile,
  profiles: ReadonlyMap<string, FieldProfile>,
  variables: Record<string, unknown>,
): number {
  const open = [...profiles.values()].filter((other) =>
    other.field.type === profile.field.type && other.isPast === profile.isPast &&
    !hasValue(variables, other.name)
  );
  return open.indexOf(profile);
}

/** Days and amounts change in a sale, so a clear new one corrects the old; texts need a word that says so. */
function mayChange({ field, topic }: FieldProfile, focus: Focus, reading: MessageReading): boolean {
  if (!focus.isKnown) return true;
  const isCorrection = reading.clauses.some((clause) => clause.acts.has("correction"));
  if (isCorrection) return true;
  return field.type === "date" || field.type === "email" || topic === "quantity";
}
