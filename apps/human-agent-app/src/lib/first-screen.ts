import { useEffect, useState } from "react";

/** What a page shows by then, or never will, in milliseconds: a server that is slow must not keep the rest away. */
const longestMs = 8_000;

let tell: () => void = () => {};
const shown = new Promise<void>((resolve) => {
  tell = resolve;
});
setTimeout(() => tell(), longestMs);

/** Resolves when the page has shown what it is for and has time, 8 s after its start at the latest: for whatever can wait. */
export async function afterFirstScreen(): Promise<void> {
  await shown;
  await new Promise<void>((resolve) => {
    // Safari has no such thing.
    if ("requestIdleCallback" in globalThis) requestIdleCallback(() => resolve(), { timeout: 1_000 });
    else setTimeout(resolve, 200);
  });
}

/** How long a page may be looked at without being touched, in milliseconds, until it is taken to be at leisure. */
const leisureMs = 4_000;

/** Resolves when somebody touches the page that has shown what it is for, or some seconds later: for what only a tap wants. */
export async function atLeisure(): Promise<void> {
  await afterFirstScreen();
  await new Promise<void>((resolve) => {
    const signs = ["pointermove", "pointerdown", "keydown"];
    const options = { capture: true, passive: true };
    function end() {
      clearTimeout(timer);
      for (const sign of signs) removeEventListener(sign, end, options);
      resolve();
    }
    const timer = setTimeout(end, leisureMs);
    for (const sign of signs) addEventListener(sign, end, options);
  });
}

/** Whether {@linkcode afterFirstScreen} has come. */
export function useAfterFirstScreen(): boolean {
  const [isOver, setIsOver] = useState(false);
  useEffect(() => {
    let isWanted = true;
    void afterFirstScreen().then(() => isWanted && setIsOver(true));
    return () => void (isWanted = false);
  }, []);
  return isOver;
}

/** Says that the page shows what it is for as soon as `isShown`: a form, the queue, a conversation, or that there is none. */
export function useFirstScreen(isShown: boolean): void {
  useEffect(() => {
    if (isShown) tell();
  }, [isShown]);
}
