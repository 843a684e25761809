import type { Fault } from "./fault.ts";
import type { Wire } from "./wire.ts";

const eventStream = { "content-type": "text/event-stream; charset=utf-8" };

/** Events, and then what the fault wants: the end, a break, or silence. */
function stream(events: string[], end: "close" | "break" | "silence"): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      for (const event of events) controller.enqueue(encoder.encode(event));
      // What was written leaves before the connection breaks.
      if (end === "break") await new Promise((resolve) => setTimeout(resolve, 10));
      if (end === "close") controller.close();
      if (end === "break") controller.error(new Error("the connection breaks, as wanted"));
    },
  });
  return new Response(body, { headers: eventStream });
}

/** A stream as it should be. */
export function respondWell(events: string[]): Response {
  return stream(events, "close");
}

/**
 * Misbehaves.
 *
 * @param events Of a good answer, for the faults that begin well.
 * @param says The events of an answer with this text.
 * @param stopped When the double is stopped; what hangs ends then.
 */
export function respondBadly(
  fault: Fault,
  wire: Wire,
  events: string[],
  says: (text: string) => string[],
  stopped: Promise<void>,
): Response | Promise<Response> {
  if (typeof fault === "object") {
    const { status, retryAfter, message = "as wanted" } = fault;
    const headers = new Headers(retryAfter === undefined ? [] : [["retry-after", retryAfter]]);
    return Response.json(wire.errorBody({ status, message }), { status, headers });
  }
  const half = events.slice(0, Math.floor(events.length / 2));
  switch (fault) {
    case "hang":
      return stopped.then(() => new Response());
    case "hang_in_stream":
      return stream(half, "silence");
    case "cut_stream":
      return stream(half, "close");
    case "reset":
      return stream(half, "break");
    case "error_in_stream":
      return stream([...half, wire.errorEvent()], "close");
    case "garbage":
      return stream([...half, events.at(-2)?.replace(/data: .*/, "data: {{{not json") ?? ""], "close");
    case "foreign_json":
      return stream(events.map((event) => event.replace(/data: .*/, 'data: {"hello":["world"]}')), "close");
    case "empty":
      return stream(says(""), "close");
    case "huge":
      return stream(says("x".repeat(100_000)), "close");
    case "html":
      return new Response("<!doctype html><title>502 Bad Gateway</title>", {
        headers: { "content-type": "text/html; charset=utf-8" },
      });
  }
}
