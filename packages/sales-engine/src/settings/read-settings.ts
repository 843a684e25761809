import { z } from "zod";
import { describeIssues } from "../describe-issues.ts";
import { type EngineSettings, engineSettings } from "./engine-settings.ts";
import { InvalidSettings } from "./invalid-settings.ts";

/** The settings of a tenant that set nothing. */
export const defaultSettings: EngineSettings = engineSettings.parse({});

/**
 * Reads engine settings from outside, such as what an admin wants to save.
 *
 * @throws {InvalidSettings} With every problem: path, value, what is allowed.
 */
export function parseSettings(value: unknown): EngineSettings {
  const parsed = engineSettings.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new InvalidSettings(describeIssues(parsed.error.issues, value));
}

/** The JSON schema of the settings as people write them (defaults may be left out), draft 2020-12. */
export function settingsJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(engineSettings, { io: "input" });
}

/** Settings as a turn uses them, and what was wrong with the stored ones. */
export interface UsedSettings {
  settings: EngineSettings;
  /** In one line; absent if the stored settings are sound. */
  problem?: string;
}

const unset: UsedSettings = { settings: defaultSettings };
const read = new WeakMap<object, UsedSettings>();

/**
 * The settings of a tenant for a turn. Stored ones that are not sound must not silence the bot: the defaults
 * stand in and the turn's record says so.
 *
 * @param stored `tenants.settings`; the same object is read once.
 */
export function settingsOf(stored: Record<string, unknown>): UsedSettings {
  const own = stored["engine"];
  if (own === undefined) return unset;
  const known = read.get(stored);
  if (known) return known;
  const made = use(own);
  read.set(stored, made);
  return made;
}

function use(own: unknown): UsedSettings {
  try {
    return { settings: parseSettings(own) };
  } catch (error) {
    if (!(error instanceof InvalidSettings)) throw error;
    return { settings: defaultSettings, problem: error.message };
  }
}
