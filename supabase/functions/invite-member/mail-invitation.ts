/** Supabase Auth sends the mails: to somebody new an invitation, to somebody with a login a link that signs in. */
import { TooManyRequests, Unavailable } from "@app/contracts/mod.ts";
import { z } from "zod";

/** The project's Auth, and the keys that its two ways of sending ask for. */
export interface Auth {
  /** The project's address. */
  url: string;
  /** Invites; used here for nothing else. */
  secretKey: string;
  /** Asks for a link that signs an existing person in. */
  publishableKey: string;
  fetch: typeof fetch;
}

/** Auth allows one mail a minute to an address unless told otherwise. */
const waitSeconds = 60;
/** Auth waits for its mail server. */
const deadlineMs = 20_000;

const failure = z.object({ error_code: z.string().optional() });

/**
 * Makes what sends a person to a page of the app, signed in with the address that the mail went to.
 *
 * Endpoints of Auth: https://github.com/supabase/auth/blob/master/openapi.yaml (`/invite`, `/otp`).
 */
export function mailByAuth(auth: Auth): (email: string, link: string) => Promise<void> {
  async function post(path: string, key: string, link: string, body: Record<string, unknown>) {
    const address = `${auth.url}/auth/v1/${path}?redirect_to=${encodeURIComponent(link)}`;
    try {
      const response = await auth.fetch(address, {
        method: "POST",
        headers: { apikey: key, "content-type": "application/json" },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(deadlineMs),
      });
      const answer = failure.safeParse(await response.json().catch(() => ({})));
      return { status: response.status, code: answer.data?.error_code };
    } catch (cause) {
      throw new Unavailable("Cannot send the mail: Auth does not answer", { cause });
    }
  }

  return async (email, link) => {
    let sent = await post("invite", auth.secretKey, link, { email });
    if (sent.code === "email_exists") {
      sent = await post("otp", auth.publishableKey, link, { email, create_user: false });
    }
    if (sent.status === 429) {
      throw new TooManyRequests("Cannot send the mail now: Auth has just sent one, try again", waitSeconds);
    }
    if (sent.status !== 200) {
      throw new Unavailable(`Cannot send the mail: Auth answers ${sent.status} ${sent.code ?? ""}`.trim());
    }
  };
}
