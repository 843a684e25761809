import { z } from "zod";
import type { JsonObject } from "../clean-json.ts";
import { truncate } from "../clean-text.ts";
import { lenientString } from "../lenient.ts";
import { type AccountFields, lenientWord, present, word } from "./account-fields.ts";

const template = {
  message_template_id: lenientWord,
  message_template_name: lenientWord,
  message_template_language: lenientWord,
};

/** Ids come as numbers, languages as `en-US` or `en_US`. */
function templateFields(
  { message_template_id: templateId, message_template_name: name, message_template_language: language }: {
    [Key in keyof typeof template]?: string | undefined;
  },
) {
  return present({ templateId, name, language: language?.replaceAll("-", "_") });
}

const statusSchema = z.looseObject({
  ...template,
  event: word,
  reason: lenientWord,
  message_template_category: lenientWord,
});

/** Reads `message_template_status_update`: approved, rejected, paused, disabled and so on. */
export function readTemplateStatus(value: JsonObject): AccountFields | null {
  const parsed = statusSchema.safeParse(value);
  if (!parsed.success) return null;
  const { event, reason, message_template_category: category } = parsed.data;
  return {
    about: "template_status",
    ...templateFields(parsed.data),
    event: event.toUpperCase(),
    ...present({ reason, category }),
  };
}

const qualitySchema = z.looseObject({
  ...template,
  previous_quality_score: lenientWord,
  new_quality_score: lenientWord,
});

/** Reads `message_template_quality_update`: what customers think of a template, `GREEN` to `RED`. */
export function readTemplateQuality(value: JsonObject): AccountFields | null {
  const parsed = qualitySchema.safeParse(value);
  if (!parsed.success) return null;
  const { previous_quality_score: previous, new_quality_score: current } = parsed.data;
  return { about: "template_quality", ...templateFields(parsed.data), ...present({ previous, current }) };
}

const categorySchema = z.looseObject({
  ...template,
  previous_category: lenientWord,
  new_category: lenientWord,
  correct_category: lenientWord,
});

/** Reads `template_category_update`: Meta has moved a template, or (`correct_category`) will within a day. */
export function readTemplateCategory(value: JsonObject): AccountFields | null {
  const parsed = categorySchema.safeParse(value);
  if (!parsed.success) return null;
  const { previous_category: previous, new_category: current, correct_category: announced } = parsed.data;
  return {
    about: "template_category",
    ...templateFields(parsed.data),
    ...present({ previous, current, announced }),
  };
}

const componentsSchema = z.looseObject({
  ...template,
  message_template_title: lenientString,
  message_template_element: lenientString,
  message_template_footer: lenientString,
});

/** Reads `message_template_components_update`: the words of a template were edited. */
export function readTemplateComponents(value: JsonObject): AccountFields | null {
  const parsed = componentsSchema.safeParse(value);
  if (!parsed.success) return null;
  const { message_template_title: header, message_template_element: body, message_template_footer: footer } =
    parsed.data;
  return {
    about: "template_components",
    ...templateFields(parsed.data),
    ...present({
      headerText: header && truncate(header, 2000),
      bodyText: body && truncate(body, 5000),
      footerText: footer && truncate(footer, 2000),
    }),
  };
}
