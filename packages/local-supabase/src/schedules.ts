/** The calls that pg_cron and pg_net make when hosted. */
export interface Schedules {
  stop(): void;
}

const functions = ["process-pending", "run-jobs"];

/**
 * Calls the scheduled functions every `everySeconds` with the named secret key. A call that is still under way when its
 * next one is due is not doubled; one that fails is said once, until it works again.
 */
export function startSchedules(options: {
  call: (request: Request) => Promise<Response>;
  apiUrl: string;
  automationsKey: string;
  everySeconds: number;
  say: (line: string) => void;
  /** Repeats until what it returns is called; default: a timer. */
  repeat?: (run: () => void, everyMs: number) => () => void;
}): Schedules {
  const underWay = new Set<string>();
  const failing = new Set<string>();

  async function call(name: string): Promise<void> {
    if (underWay.has(name)) return;
    underWay.add(name);
    const request = new Request(`${options.apiUrl}/functions/v1/${name}`, {
      method: "POST",
      headers: { apikey: options.automationsKey, "content-type": "application/json" },
      body: "{}",
      signal: AbortSignal.timeout(5000),
    });
    const status = await options.call(request).then(async (response) => {
      await response.body?.cancel();
      return response.status;
    }, () => 0);
    underWay.delete(name);
    const isFailing = status < 200 || status >= 300;
    if (isFailing && !failing.has(name)) options.say(`The schedule's call of ${name} failed with ${status}`);
    if (isFailing) failing.add(name);
    else failing.delete(name);
  }

  const repeat = options.repeat ?? everyTime;
  const stop = repeat(() => functions.forEach((name) => void call(name)), options.everySeconds * 1000);
  return { stop };
}

function everyTime(run: () => void, everyMs: number): () => void {
  const timer = setInterval(run, everyMs);
  return () => clearInterval(timer);
}
