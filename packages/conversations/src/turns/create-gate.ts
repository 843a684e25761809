/** Lets a bounded number of things happen at once, the urgent ones first. */
export interface Gate {
  /** Runs `work` when there is room; among those who wait, the urgent go first, then the older. */
  run<T>(urgency: "urgent" | "patient", work: () => Promise<T>): Promise<T>;
}

/**
 * Makes a gate for `size` at once. Ending a turn is urgent and opening one is patient, so that a turn which was begun
 * is through before the next ones begin, however much is waiting.
 */
export function createGate(size: number): Gate {
  const urgent: (() => void)[] = [];
  const patient: (() => void)[] = [];
  let running = 0;

  return {
    async run(urgency, work) {
      if (running >= size) {
        await new Promise<void>((resolve) => (urgency === "urgent" ? urgent : patient).push(resolve));
      } else {
        running++;
      }
      try {
        return await work();
      } finally {
        // The room passes on to the next one without becoming free in between.
        const next = urgent.shift() ?? patient.shift();
        if (next) next();
        else running--;
      }
    },
  };
}
