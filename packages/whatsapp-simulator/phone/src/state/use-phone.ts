import { useEffect, useReducer, useRef } from "react";
import type { LedgerEvent } from "../../../src/ledger-event.ts";
import { listen, type Listener } from "../api/listen.ts";
import { fetchMessages, fetchOverview, markRead } from "../api/simulator-api.ts";
import { emptyState, type PhoneChat, type PhoneState } from "./phone-model.ts";
import { type PhoneAction, reducePhone } from "./phone-state.ts";
import { type Sending, useSending } from "./use-sending.ts";

const NUMBERS_RETRY_MS = 2_000;
const BURST_MS = 25;

/** The page's whole dealings with the simulator. */
export interface Phone extends Sending {
  state: PhoneState;
  dispatch: (action: PhoneAction) => void;
  /** Connects at once instead of waiting for the next try. */
  reconnect: () => void;
  /** Fetches all messages of a chat. */
  load: (customer: string, phoneNumberId: string) => void;
  /** The chat is in view, and perhaps a voice note in it was played. */
  read: (chat: PhoneChat, played?: string) => void;
}

/** Connects to the simulator and keeps what it tells. */
export function usePhone(): Phone {
  const [state, dispatch] = useReducer(reducePhone, emptyState);
  const connection = useRef<ReturnType<typeof listen>>(null);
  const sending = useSending(dispatch);
  const hasNumbers = state.numbers.length > 0;
  const isOnline = state.connection === "online";

  useEffect(() => {
    connection.current = listen(listenerOf(dispatch));
    return () => connection.current?.stop();
  }, []);
  // The numbers come when the product registers them, which may be after this page was opened.
  useEffect(() => {
    if (!isOnline || hasNumbers) return;
    const timer = setInterval(() => refresh(dispatch), NUMBERS_RETRY_MS);
    return () => clearInterval(timer);
  }, [isOnline, hasNumbers]);

  function load(customer: string, phoneNumberId: string) {
    fetchMessages(customer, phoneNumberId).then(
      (messages) => dispatch({ type: "messages", customer, phoneNumberId, messages }),
      // Loading is tried again when the connection is back.
      () => {},
    );
  }
  return {
    state,
    dispatch,
    ...sending,
    load,
    reconnect: () => connection.current?.retry(),
    read: (chat, played) => {
      // Reading is told again with the next message.
      markRead(chat.customer, chat.phoneNumberId, played).catch(() => {});
    },
  };
}

function listenerOf(dispatch: (action: PhoneAction) => void): Listener {
  let events: LedgerEvent[] = [];
  function take() {
    dispatch({ type: "events", events });
    events = [];
  }
  return {
    onOpen: () => refresh(dispatch),
    onLost: () => dispatch({ type: "connection", connection: "lost" }),
    // Events come in bursts; the page is drawn once for each.
    onEvent: (event) => {
      if (events.push(event) === 1) setTimeout(take, BURST_MS);
    },
  };
}

async function refresh(dispatch: (action: PhoneAction) => void): Promise<void> {
  try {
    dispatch({ type: "overview", overview: await fetchOverview() });
    dispatch({ type: "connection", connection: "online" });
  } catch {
    dispatch({ type: "connection", connection: "lost" });
  }
}
