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
