/** Looks for due work: turns to take, replies to send. Called when work becomes due and every few seconds. */
import { requireSecretKey } from "../_shared/authenticate.ts";
import type { Config } from "../_shared/config.ts";
import type { Processor } from "./open-processor.ts";

/** What the handler needs. */
export interface Ports {
  settings: Pick<Config, "secrets">;
  processor: Processor;
  /** Lets work outlive the response. */
  runInBackground(work: Promise<unknown>): void;
}

/**
 * Answers 202 at once and works afterwards.
 *
 * @throws {Unauthorized} Without a secret key of the project.
 */
export function handle(request: Request, ports: Ports): Response {
  if (request.method !== "POST") {
    return new Response(null, { status: 405, headers: { allow: "POST" } });
  }
  requireSecretKey(request, ports.settings);
  ports.runInBackground(ports.processor.wake());
  return new Response(null, { status: 202 });
}
