/** How often it is told that the app is used; the backend takes three minutes of silence for absence. */
const everyMs = 60_000;
/** Whoever did nothing in the app for this long is not at it, though it is open: as chat apps count. */
const idleMs = 10 * 60_000;

const signs = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart", "focus"];

/** Where the signs of use happen, and what time it is. */
interface Surroundings {
  target: Pick<EventTarget, "addEventListener" | "removeEventListener">;
  now: () => number;
  repeat: (work: () => void, everyMs: number) => () => void;
}

/**
 * Calls `tell` at once, every minute while somebody uses the app, and as soon as they are back. Opening the app is use.
 *
 * @param tell What fails is not told again before the next minute: without a network nobody is there for customers.
 * @returns How to stop.
 */
export function watchUse(
  tell: () => Promise<unknown>,
  { target, now, repeat }: Surroundings = { target: globalThis, now: Date.now, repeat: repeatInPage },
): () => void {
  let usedAt = now();
  let toldAt = -Infinity;
  const tellNow = () => {
    toldAt = now();
    tell().catch(() => {});
  };
  const use = () => {
    usedAt = now();
    if (usedAt - toldAt >= everyMs) tellNow();
  };
  for (const sign of signs) target.addEventListener(sign, use, { passive: true, capture: true });
  const stop = repeat(() => {
    if (now() - usedAt < idleMs) tellNow();
  }, everyMs);
  tellNow();
  return () => {
    stop();
    for (const sign of signs) target.removeEventListener(sign, use, { capture: true });
  };
}

function repeatInPage(work: () => void, ms: number): () => void {
  const timer = setInterval(work, ms);
  return () => clearInterval(timer);
}
