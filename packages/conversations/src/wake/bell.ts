import type { Timers } from "./timers.ts";

/** Lets a loop sleep until something happens. */
export interface Bell {
  ring(): void;
  /** Resolves at the next ring, or after `ms`. A ring that nobody waited for ends the next wait at once. */
  wait(ms: number): Promise<void>;
}

/** Makes a bell. */
export function createBell(timers: Timers): Bell {
  let hasRung = false;
  let wakeUp: (() => void) | undefined;
  return {
    ring() {
      hasRung = true;
      wakeUp?.();
    },
    async wait(ms) {
      if (!hasRung) {
        await new Promise<void>((resolve) => {
          const cancel = timers.after(ms, resolve);
          wakeUp = () => {
            cancel();
            resolve();
          };
        });
      }
      wakeUp = undefined;
      hasRung = false;
    },
  };
}
