import { AsyncLocalStorage } from "node:async_hooks";
import type { Mail } from "./keep-mail.ts";

/** Where the request that is being served wants its mail to lead. */
const wanted = new AsyncLocalStorage<string>();

/**
 * Serves a request of Auth so that links in the mails it sends lead where its `redirect_to` says; lite always writes the
 * project's address. Whether people may be sent there is checked when the link is followed.
 */
export function withRedirect<T>(request: Request, serve: () => Promise<T>): Promise<T> {
  const target = new URL(request.url).searchParams.get("redirect_to");
  return target === null ? serve() : wanted.run(target, serve);
}

/** The mail with its links leading where the request wanted. */
export function redirected(mail: Mail): Mail {
  const target = wanted.getStore();
  if (target === undefined) return mail;
  const change = (text: string) =>
    text.replaceAll(/(?<=[?&;]redirect_to=)[^\s"'<>&]*/g, () => encodeURIComponent(target));
  return {
    ...mail,
    ...(mail.text !== undefined && { text: change(mail.text) }),
    ...(mail.html !== undefined && { html: change(mail.html) }),
  };
}
