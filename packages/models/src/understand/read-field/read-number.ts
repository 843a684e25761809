import { isAlike } from "../concepts.ts";
import { clauseAt, type MessageReading } from "../message-reading.ts";
import type { FieldProfile } from "../field-profile.ts";
import type { NumberMention } from "../read-numbers.ts";
import type { Candidate, Focus } from "./candidate.ts";

const headcount =
  /\b(?:somos|seremos|seriamos|vamos a ser|para|we are|we'?re|we'?ll be|for|party of|table for|mesa para|vamos ser|serao|seran|there (?:will be|are))(?: unos| unas| uns| umas| about| around| como| mas o menos| cerca de| aproximadamente| a group of| um grupo de| un grupo de)?\s*$/;
const headNoun =
  /^(?:person|people|pax|guest|invitad|convidad|comensal|asistent|attend|adult|emplead|employee|usuari|user|seat|licen|funcionari|colaborador|amig|friend|of us|nosotr)/;
const needing =
  /\b(?:necesit\w+|quier\w*|quisiera|busco|pedir|ordenar|comprar|need|want|order|buy|looking for|preciso|quero|queria|gostaria|serian|seriam|sean|sejam|make (?:it|that)|let'?s say|digamos|son|sao|unas|unos|uns|umas|about|around|como|cerca de|aproximadamente|approximately)\b/;

/** Numbers that count what the field counts: a size, a price or an hour beside them is not taken. */
export function readNumber(profile: FieldProfile, reading: MessageReading, focus: Focus): Candidate[] {
  const plain = reading.numbers.filter((mention) => mention.kind === "plain").length;
  return reading.numbers.flatMap((mention, index) => {
    const clause = clauseAt(reading, mention.start);
    const isShort = reading.tokens.length <= 4;
    if (clause?.isQuestion && !(focus.isAsked && isShort)) return [];
    if (!canCount(mention, profile, focus, plain)) return [];
    // Of "entre 300 y 400" the later number counts: whoever quotes for less disappoints.
    const strength = weigh(mention, profile, reading, focus) + index * 0.01;
    const value = profile.field.type === "integer" ? Math.round(mention.value) : mention.value;
    return [{ value, start: mention.start, end: mention.end, strength }];
  });
}

function canCount(mention: NumberMention, profile: FieldProfile, focus: Focus, plain: number): boolean {
  switch (mention.kind) {
    case "plain":
      return true;
    case "article":
      return focus.isAsked && plain === 0 && profile.topic !== "budget";
    case "money":
      return profile.topic === "budget" || isSaid(mention, profile) ||
        focus.isAsked && !["quantity", "people", "age", "size"].includes(profile.topic);
    case "duration":
      return profile.topic === "age" || isSaid(mention, profile);
    case "measure":
      return profile.topic === "size" || isSaid(mention, profile) ||
        focus.isAsked && profile.topic === "other";
    case "percent":
      return focus.isAsked || /percent|porcent|%/.test(profile.field.description);
    case "time":
      return false;
  }
}

function weigh(mention: NumberMention, profile: FieldProfile, reading: MessageReading, focus: Focus): number {
  const before = reading.folded.slice(Math.max(0, mention.start - 40), mention.start);
  let strength = 0;
  if (focus.isAsked) strength += mention.kind === "article" ? 1.2 : 2.5;
  if (isSaid(mention, profile)) strength += 2;
  if (profile.topic === "people") {
    if (headNoun.test(mention.noun)) strength += 3;
    else if (mention.noun === "" && headcount.test(before)) strength += 1.5;
  }
  // "400" alone can only be a quantity, where a machine asks for one.
  if (profile.topic === "quantity" && focus.isOnly && reading.tokens.length <= 2) strength += 1.2;
  if (profile.topic === "budget") {
    const isBudget = mention.kind === "money" ||
      /\b(?:presupuesto|budget|orcamento|hasta|up to|ate|maximo|max)\b/.test(before);
    if (isBudget) strength += 2.5;
    else if (!focus.isAsked) return 0;
  }
  if (profile.topic === "quantity" && mention.kind === "plain") {
    if (mention.noun !== "" && !headNoun.test(mention.noun)) strength += 1.2;
    if (needing.test(before)) strength += 0.8;
  }
  if (focus.isKnown && clauseAt(reading, mention.start)?.acts.has("correction")) strength += 1.2;
  if (profile.topic === "size" && mention.kind === "measure") strength += 1.5;
  if (profile.topic === "age" && /\b(?:tengo|tiene|tem|tenho|i'?m|i am|edad|age|idade)\s*$/.test(before)) {
    strength += 1.5;
  }
  if (strength > 0 && focus.isOnly) strength += 0.3;
  if (strength > 0 && focus.isCurrent) strength += 0.2;
  return strength;
}

/** Whether the word after the number is one of the field's own words. */
function isSaid(mention: NumberMention, profile: FieldProfile): boolean {
  return mention.noun.length > 1 && profile.words.some((word) => isAlike(word, mention.noun));
}
