/** Runs background jobs. Called by the schedule. */
import { requireSecretKey } from "../_shared/authenticate.ts";
import type { Config } from "../_shared/config.ts";

/** What the handler needs. */
export interface Ports {
  settings: Pick<Config, "secrets">;
  /** Plans what recurs and runs what is due. Never rejects. */
  work(): Promise<void>;
  /** Lets work outlive the response. */
  runInBackground(work: Promise<unknown>): void;
}

/**
 * Answers 202 at once and works afterwards.
 *
 * @throws {Unauthorized} Without a secret key of the project.
 */
export function handle(request: Request, ports: Ports): Response {
  if (request.method !== "POST") return new Response(null, { status: 405, headers: { allow: "POST" } });
  requireSecretKey(request, ports.settings);
  ports.runInBackground(ports.work());
  return new Response(null, { status: 202 });
}
