/** One run at a time in an isolate, and the next one when it is due. */
import { cachedMachines, processDueWork, type Run, type WorkPorts } from "@app/conversations/mod.ts";

/** Works through due work when woken. */
export interface Processor {
  /**
   * Starts a run, or tells the one that is claiming to look again.
   *
   * @returns Settles when the started run has ended, or at once. Never rejects.
   */
  wake(): Promise<void>;
}

/**
 * Makes the processor of an isolate.
 *
 * @param wakeAt Has this function called again, for work that is left or due later.
 */
export function openProcessor(
  ports: WorkPorts,
  wakeAt: (dueAt: Date) => void,
): Processor {
  const machines = cachedMachines(ports.database);
  let claiming: Run | undefined;

  async function work(): Promise<void> {
    const run = claiming = processDueWork(ports, machines);
    try {
      const { lookAgainInMs } = await run.claimed;
      if (lookAgainInMs !== null) {
        wakeAt(new Date(ports.timers.now() + lookAgainInMs));
      }
    } catch (error) {
      ports.report("claim_failed", error);
    } finally {
      // Those who are woken from here on start a run of their own; this one only finishes what it has.
      claiming = undefined;
    }
    await run.finished;
  }

  return {
    wake() {
      if (!claiming) return work();
      claiming.nudge();
      return Promise.resolve();
    },
  };
}
