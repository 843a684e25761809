/** Work that a function goes on with after it has answered. */
export interface BackgroundWork {
  /** Resolves when nothing is under way any more. */
  settled(): Promise<void>;
}

/** Gives functions `EdgeRuntime.waitUntil`, as the hosted runtime does, and keeps track of what it was given. */
export function installBackgroundWork(): BackgroundWork {
  const underWay = new Set<Promise<unknown>>();
  Object.assign(globalThis, {
    EdgeRuntime: {
      waitUntil(work: Promise<unknown>): void {
        const tracked = work.catch((error) => console.error("background work failed:", error))
          .finally(() => underWay.delete(tracked));
        underWay.add(tracked);
      },
    },
  });
  return {
    async settled() {
      while (underWay.size > 0) await Promise.allSettled(underWay);
    },
  };
}
