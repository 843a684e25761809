import type { BudgetLevel, EngineSettings, TurnResult } from "@app/sales-engine/mod.ts";
import { z } from "zod";
import type { Database, Tenant } from "../ports.ts";
import type { OpenedTurn } from "./opened-turn.ts";
import type { WorkSettings } from "./work-settings.ts";

const level = z.enum(["within", "save", "approved_only", "spent"]);

/** Puts what a turn cost in place of what was set aside for it, where nothing of the turn itself is stored. */
export async function settleBudget(
  database: Pick<Database, "callAsTenant">,
  tenant: Tenant,
  turn: OpenedTurn,
  model: TurnResult["model"],
): Promise<void> {
  const ended = [{ turn_id: turn.turn_id, model }];
  await database.callAsTenant(tenant, (call) => call`engine.settle_budgets(${call.json(ended)})`);
}

/** A worker that died holds its reservation so much longer than its turn could last. */
const graceSeconds = 60;

/** Whether a tenant limits what models may cost; turns of others ask for nothing. */
export function hasBudget({ budgets }: EngineSettings): boolean {
  const { tenant_usd_per_day, contact_usd_per_day, contact_turns_per_day } = budgets;
  return tenant_usd_per_day !== null || contact_usd_per_day !== null || contact_turns_per_day !== null;
}

/**
 * Sets aside what a turn may cost, before any model is asked.
 *
 * @returns How far the budgets go. Unless it is `spent`, the turn has to be settled when it ends.
 */
export async function reserveBudget(
  database: Pick<Database, "callAsTenant">,
  tenant: Tenant,
  turn: OpenedTurn,
  { budgets }: EngineSettings,
  { turnDeadlineSeconds }: WorkSettings,
): Promise<BudgetLevel> {
  return level.parse(
    await database.callAsTenant(
      tenant,
      (call) =>
        call`engine.reserve_budget(${turn.turn_id}::uuid, ${turn.contact.id}::uuid, ${call.json(budgets)},
        ${turnDeadlineSeconds + graceSeconds}::numeric)`,
    ),
  );
}
