/** What came back is not the wire format that the provider promises. */
export class Unreadable extends Error {
  override readonly name = "Unreadable";
}

/**
 * Refuses an answer that is no event stream: a proxy's page, a login form, a plain error with status 200.
 *
 * @throws {Unreadable} Naming the media type.
 */
export function expectEventStream(headers: Headers): void {
  const type = headers.get("content-type")?.split(";")[0]?.trim().toLowerCase() ?? "nothing";
  if (type === "text/event-stream") return;
  const named = /^[a-z0-9.+/-]{1,60}$/.test(type) ? type : "an unknown media type";
  throw new Unreadable(`answered ${named} where an event stream was expected`);
}
