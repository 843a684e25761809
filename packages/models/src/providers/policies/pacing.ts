/** Time and chance, as policies need them. */
export interface Pacing {
  nowMs(): number;
  /** Resolves after the time; rejects with the signal's reason as soon as that is aborted. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
  /** From 0 to 1, without 1. */
  random(): number;
}

/** The machine's clock and chance. */
export const systemPacing: Pacing = {
  nowMs: () => performance.now(),
  random: () => Math.random(),
  wait(ms, signal) {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const onAbort = () => reject(signal.reason);
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", onAbort, { once: true });
    if (signal.aborted) onAbort();
    return promise.finally(() => {
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
    });
  },
};
