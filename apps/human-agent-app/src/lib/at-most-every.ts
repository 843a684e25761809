/**
 * Does something at once, and not again before a pause is over; whatever is asked for meanwhile is done once at its end.
 *
 * @param pauseMs Between two of them.
 * @param later Calls back after a time; default: a timer.
 */
export function atMostEvery(
  pauseMs: number,
  work: () => void,
  later: (run: () => void, ms: number) => void = setTimeout,
): () => void {
  let isPausing = false;
  let isWanted = false;
  const run = () => {
    if (isPausing) return void (isWanted = true);
    isPausing = true;
    isWanted = false;
    later(() => {
      isPausing = false;
      if (isWanted) run();
    }, pauseMs);
    work();
  };
  return run;
}
