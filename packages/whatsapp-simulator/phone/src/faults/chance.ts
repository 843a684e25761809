import type { ChanceFault, FaultSettings } from "../../../src/faults.ts";

/** How often a fault strikes, as the page offers it. */
export type Chance = "never" | "once" | "thrice" | "fifth" | "always";

const SETTINGS: Record<Chance, FaultSettings[ChanceFault]> = {
  never: { next: 0 },
  once: { next: 1 },
  thrice: { next: 3 },
  fifth: { rate: 0.2 },
  always: { rate: 1 },
};

/** What the simulator is told for a choice. */
export function settingOf(chance: Chance): FaultSettings[ChanceFault] {
  return SETTINGS[chance];
}

/** The choice that is nearest to what the simulator does. */
export function chanceOf(setting: FaultSettings[ChanceFault]): Chance {
  if ("rate" in setting) return setting.rate === 0 ? "never" : setting.rate < 0.6 ? "fifth" : "always";
  if (setting.next === 0) return "never";
  return setting.next === 1 ? "once" : "thrice";
}

/** The faults that strike by chance, in the order of the page. */
export const CHANCE_FAULTS = [
  "status_429",
  "error",
  "timeout_before_accept",
  "timeout_after_accept",
  "reset_before_accept",
  "reset_after_accept",
  "html_before_accept",
  "html_after_accept",
  "fail_later",
] as const satisfies ChanceFault[];

/** How many faults are active. */
export function activeIn(settings: FaultSettings): number {
  const strikes = [...CHANCE_FAULTS, "status_5xx" as const].map((fault) =>
    chanceOf(settings[fault]) !== "never"
  );
  return [
    settings.duplicate > 0,
    settings.reorder,
    settings.delay_ms > 0,
    settings.answer_delay_ms > 0,
    settings.slow_body_ms > 0,
    settings.drop_statuses.length > 0,
    settings.window_error === "later",
    ...strikes,
  ].filter(Boolean).length;
}
