import type { Session } from "../lib/records/session.ts";
import type { Words } from "../words/words.ts";

/**
 * Why a person is wanted, in the agent's language. The engine writes reasons and categories for the ledger: those that
 * both know have words, another sentence is shown as it is, and a bare code never.
 */
export function explainEscalation(
  { escalation_reason: reason, escalation_category: category }: Pick<
    Session,
    "escalation_reason" | "escalation_category"
  >,
  { escalations }: Pick<Words, "escalations">,
): string | null {
  if (!reason) return null;
  const known = escalations[reason] ?? escalations[category ?? ""];
  return known ?? (/\s/.test(reason.trim()) ? reason : escalations["other"] ?? null);
}
