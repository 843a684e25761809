import * as z from "zod/mini";
import { toAppError } from "../app-error.ts";
import { doubtMembership } from "../membership.ts";
import type { Desk } from "../desk.ts";
import type { OutboxEntry, SendOutcome } from "./outbox-entry.ts";

const refusal = z.object({
  error: z.object({ code: z.string(), reason: z.optional(z.string()) }),
});

/** A phone on a bad network finds out sooner or later; 20 s is later. */
const patienceMs = 20_000;

/** Tries once to have the backend take a message, with its file first. */
export async function sendEntry({ backend }: Desk, entry: OutboxEntry): Promise<SendOutcome> {
  const { api_url, publishable_key } = backend.config;
  try {
    if (entry.file && entry.message.media) {
      const { path, mime_type: contentType } = entry.message.media;
      const { storage } = await backend.supabase();
      const { error } = await storage.from(entry.bucket).upload(path, entry.file, { contentType });
      // The path is the message's own: what is there already came from an earlier try.
      if (error && !isThere(error)) {
        return /fetch|network/i.test(error.message) ? { kind: "offline" } : refusedUpload(error);
      }
    }
    const token = await backend.token();
    const response = await fetch(`${api_url}/functions/v1/send-human-message`, {
      method: "POST",
      signal: AbortSignal.timeout(patienceMs),
      headers: {
        authorization: `Bearer ${token}`,
        apikey: publishable_key,
        "content-type": "application/json",
      },
      body: JSON.stringify({
        tenant_id: entry.tenantId,
        session_id: entry.sessionId,
        message: entry.message,
        ...(entry.hasWaited && { base_fence: entry.fence }),
      }),
    });
    return await outcomeOf(response);
  } catch (error) {
    const { kind } = toAppError(error);
    const isTimeout = error instanceof DOMException && error.name === "TimeoutError";
    // Who has to sign in again sends it then.
    return kind === "offline" || kind === "signed_out" || isTimeout
      ? { kind: "offline" }
      : { kind: "refused", reason: "failed" };
  }
}

async function outcomeOf(response: Response): Promise<SendOutcome> {
  if (response.ok) return { kind: "taken" };
  // A login that ended, a limit, or a server that is down: nothing is wrong with the message.
  if ([401, 429].includes(response.status) || response.status >= 500) return { kind: "offline" };
  if (response.status === 403) doubtMembership();
  const parsed = refusal.safeParse(await response.json().catch(() => null));
  return {
    kind: "refused",
    reason: (parsed.success && (parsed.data.error.reason || parsed.data.error.code)) || "failed",
  };
}

function isThere(error: Error): boolean {
  return /already exists|duplicate/i.test(error.message);
}

function refusedUpload(error: Error): SendOutcome {
  const status = "statusCode" in error ? Number(error.statusCode) : 0;
  return { kind: "refused", reason: status === 413 ? "file_too_large" : "upload_refused" };
}
