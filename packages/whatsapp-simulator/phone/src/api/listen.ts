import { type LedgerEvent, ledgerEvent } from "../../../src/ledger-event.ts";

const KINDS: LedgerEvent["kind"][] = [
  "customer",
  "inbound",
  "inbound_acknowledged",
  "inbound_refused",
  "outbound",
  "echo",
  "status",
  "seen",
  "typing",
];

const RETRY_MS = 2_000;

/** Who wants to hear of events, and of the connection. */
export interface Listener {
  onOpen: () => void;
  onLost: () => void;
  onEvent: (event: LedgerEvent) => void;
}

/**
 * Listens to the simulator and connects again when the connection is lost.
 *
 * @returns `retry` connects at once; `stop` ends listening.
 */
export function listen({ onOpen, onLost, onEvent }: Listener): { retry: () => void; stop: () => void } {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function connect() {
    clearTimeout(timer);
    source?.close();
    source = new EventSource("/_simulator/events");
    source.onopen = onOpen;
    source.onerror = () => {
      // The browser gives up on some failures; connecting anew is the same for all of them.
      source?.close();
      onLost();
      clearTimeout(timer);
      timer = setTimeout(connect, RETRY_MS);
    };
    for (const kind of KINDS) {
      source.addEventListener(kind, (message) => onEvent(ledgerEvent.parse(JSON.parse(message.data))));
    }
  }
  function stop() {
    clearTimeout(timer);
    source?.close();
  }
  connect();
  return { retry: connect, stop };
}
