import { startTransition, useEffect, useState } from "react";
import { whenIdle } from "./when-idle.ts";

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
  await painted();
  await whenIdle();
}

/** Resolves when what was put into the page can be seen. A page that nobody looks at is not painted. */
function painted(): Promise<void> {
  return new Promise((resolve) => {
    if (document.visibilityState === "hidden") resolve();
    // What is asked for in a frame comes before its painting.
    else requestAnimationFrame(() => setTimeout(resolve));
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

/** Resolves some seconds after the first screen, touched or not: for what is much work that nobody waits for. */
export async function whenSettled(): Promise<void> {
  await afterFirstScreen();
  await new Promise((resolve) => setTimeout(resolve, leisureMs));
  await whenIdle();
}

/** What one can wait for: {@linkcode afterFirstScreen}, or {@linkcode atLeisure}. */
export type Moment = () => Promise<void>;

/** Whether {@linkcode afterFirstScreen} has come, or another moment; without one nothing is waited for, nor drawn anew. */
export function useAfter(moment: Moment | undefined): boolean {
  const [isOver, setIsOver] = useState(false);
  useEffect(() => {
    if (!moment) return;
    let isWanted = true;
    // Whoever uses the page meanwhile comes first.
    void moment().then(() => isWanted && startTransition(() => setIsOver(true)));
    return () => void (isWanted = false);
  }, [moment]);
  return isOver;
}

/** Says that the page shows what it is for as soon as `isShown`: a form, the queue, a conversation, or that there is none. */
export function useFirstScreen(isShown: boolean): void {
  useEffect(() => {
    if (isShown) tell();
  }, [isShown]);
}
