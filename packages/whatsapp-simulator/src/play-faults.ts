import type { ChanceFault, Faults } from "./faults.ts";
import { GraphError, httpOf } from "./graph-error.ts";

/** Asks whoever listens to reset the connection instead of answering. */
export class ConnectionReset extends Error {
  override name = "ConnectionReset";

  /** The same sentence each time: nothing about the request belongs in it. */
  constructor() {
    super("Played by the simulator: the connection is reset");
  }
}

/** What a proxy in front of the platform shows when it has a bad day. */
const PAGE = "<!DOCTYPE html><html><head><title>Sorry, something went wrong.</title></head>" +
  "<body><h1>Sorry, something went wrong.</h1><p>We're working on it.</p></body></html>";

/**
 * Plays the faults that keep a request from being accepted.
 *
 * @returns An answer that ends the request, or `undefined` if no such fault strikes.
 * @throws {GraphError | ConnectionReset} As the fault asks.
 */
export async function playBeforeAccepting({ faults }: { faults: Faults }): Promise<Response | undefined> {
  const played = (fault: ChanceFault) => faults.strikes(fault);
  const { error_code: code, timeout_ms: timeoutMs } = faults.settings;
  if (played("status_5xx")) throw GraphError.of(131000, "Played by the simulator: status_5xx", 500);
  if (played("status_429")) throw GraphError.of(130429, "Played by the simulator: status_429", 429);
  if (played("error")) throw GraphError.of(code, "Played by the simulator: error", httpOf(code));
  if (played("reset_before_accept")) throw new ConnectionReset();
  if (played("timeout_before_accept")) await holdBack(timeoutMs);
  return played("html_before_accept") ? page(502) : undefined;
}

/**
 * Plays the faults of an answer whose message is accepted already.
 *
 * @returns What is answered in its place, or the answer itself.
 * @throws {GraphError | ConnectionReset} As the fault asks.
 */
export async function playAfterAccepting(
  { faults }: { faults: Faults },
  answer: Response,
): Promise<Response> {
  const { answer_delay_ms: delayMs, slow_body_ms: slowMs, timeout_ms: timeoutMs } = faults.settings;
  if (faults.strikes("timeout_after_accept")) await holdBack(timeoutMs);
  if (delayMs > 0) await wait(delayMs);
  if (faults.strikes("reset_after_accept")) throw new ConnectionReset();
  if (faults.strikes("html_after_accept")) return page(200);
  return slowMs > 0 ? slowly(answer, slowMs) : answer;
}

function page(status: number): Response {
  return new Response(PAGE, { status, headers: { "content-type": "text/html; charset=utf-8" } });
}

/** The head of an answer at once, its body in drops. */
async function slowly(answer: Response, milliseconds: number): Promise<Response> {
  const bytes = await answer.bytes();
  const drops = 10;
  const size = Math.ceil(bytes.length / drops);
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      for (let at = 0; at < bytes.length; at += size) {
        await wait(milliseconds / drops);
        controller.enqueue(bytes.subarray(at, at + size));
      }
      controller.close();
    },
  });
  return new Response(body, { status: answer.status, headers: answer.headers });
}

async function holdBack(milliseconds: number): Promise<never> {
  await wait(milliseconds);
  throw GraphError.of(131016, "Played by the simulator: timeout", 504);
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
