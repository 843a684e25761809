import { currentLanguage } from "../current-state.ts";
import { findRules, type RulesHit } from "../rules/find-rules.ts";
import type { EngineSettings } from "../settings/engine-settings.ts";
import { isOpenAt } from "../settings/find-opening.ts";
import { settingsOf } from "../settings/read-settings.ts";
import type { TurnSnapshot } from "../snapshot.ts";
import type { BudgetLevel, CanonicalMatch } from "./approved-answers.ts";
import type { Signals } from "./signal.ts";

/** What is known of a turn before the model is asked, beside its snapshot. */
export interface TurnContext {
  settings: EngineSettings;
  /** What was wrong with the stored settings. */
  settingsProblem?: string;
  rules: RulesHit;
  canonical: CanonicalMatch | null;
  /** Signals that no model changes. */
  signals: Signals;
}

const budgetSteps: Record<BudgetLevel, number> = { within: 0, save: 1, approved_only: 2, spent: 3 };

/** Gathers what rules, settings and the snapshot tell. Pure. */
export function contextOf(snapshot: TurnSnapshot, budget: BudgetLevel = "within"): TurnContext {
  const { settings, problem } = settingsOf(snapshot.tenant.settings);
  const rules = findRules(snapshot, settings);
  const { session, contact, people, now, tenant, cause } = snapshot;
  const isOpen = isOpenAt(settings.office_hours, now, tenant.timeZone);
  const signals = withoutZeros({
    not_ours: session.holder === undefined || session.holder === "bot" ? 0 : 1,
    person_asked: rules.person === null ? 0 : 1,
    opted_out: rules.optOut === null ? 0 : 1,
    bot_turns: rules.botTurns,
    topic_blocked: rules.topic === null ? 0 : 1,
    budget: budgetSteps[budget],
    closed: isOpen ? 0 : 1,
    agents_away: people?.agentsOnline === 0 ? 1 : 0,
    escalations_today: contact.escalationsToday ?? 0,
    clarifications: session.clarifications ?? 0,
    initiative: cause === "messages" ? 0 : 1,
  });
  return {
    settings,
    ...(problem !== undefined && { settingsProblem: problem }),
    rules,
    canonical: null,
    signals,
  };
}

/** The context with the approved answer that came nearest. */
export function withCanonical(context: TurnContext, match: CanonicalMatch | null): TurnContext {
  if (match === null || !(match.score > 0)) return context;
  return {
    ...context,
    canonical: match,
    signals: { ...context.signals, canonical: Math.min(match.score, 1) },
  };
}

/** The question that approved answers are looked up by. */
export function canonicalQuestion(snapshot: TurnSnapshot) {
  return {
    messages: snapshot.pending.filter(({ from }) => from === "contact"),
    language: currentLanguage(snapshot),
  };
}

/** Zeros say nothing and would be stored with every turn. */
export function withoutZeros(signals: Signals): Signals {
  return Object.fromEntries(Object.entries(signals).filter(([, value]) => value !== 0));
}
