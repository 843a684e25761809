import postgres, { type Sql } from "postgres";
import { type FunctionsProcess, startFunctions } from "../../stage/functions-process.ts";
import { startSchedule } from "../../stage/schedule.ts";
import { setStage, type Stage, type StageOptions } from "../../stage/stage.ts";

/** The product at work on a stage. */
export interface Product {
  stage: Stage;
  /** The process that runs at this moment; a run that kills it puts the next one here. */
  functions: FunctionsProcess;
  /** A pool of the superuser: what the database really holds. */
  sql: Sql;
  stop(): Promise<void>;
}

/** How often the schedule of a run looks for due work, in milliseconds. */
export const sweepMs = 1_000;

/**
 * Sets a stage, starts the functions and the schedule.
 *
 * @param options As for the stage; the sweep is a second.
 */
export async function startProduct(options: StageOptions): Promise<Product> {
  const stage = await setStage({ ...options, settings: { SWEEP_SECONDS: "1", ...options.settings } });
  const stopSchedule = startSchedule(stage, sweepMs);
  const sql = postgres(stage.database.adminUrl, { max: 2, onnotice: () => {} });
  const product: Product = {
    stage,
    functions: await startFunctions(stage),
    sql,
    async stop() {
      stopSchedule();
      await product.functions.stop().catch(() => {});
      await sql.end({ timeout: 1 });
      await stage.stop();
    },
  };
  return product;
}

/** The phone of a customer by number. */
export function phoneOf(customer: number): string {
  return String(59_160_000_000 + customer);
}

/** Waits. */
export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
