import { useRef } from "react";
import type { ChatButton, FileKind } from "@app/ui/mod.ts";
import type { JsonObject } from "../../../src/ledger-event.ts";
import { postMessage, uploadFile } from "../api/simulator-api.ts";
import type { PhoneMessage } from "./phone-model.ts";
import type { PhoneAction } from "./phone-state.ts";

/** From whom, to whom. */
export interface Pair {
  customer: string;
  phoneNumberId: string;
}

/** How a customer sends. Each message is shown at once; what does not leave stays, and can be sent again. */
export interface Sending {
  sendText: (pair: Pair, text: string) => void;
  sendTap: (pair: Pair, tap: ChatButton & { kind: "button" | "list"; replyTo: string }) => void;
  sendLocation: (pair: Pair, place: { latitude: number; longitude: number; name?: string }) => void;
  sendFile: (pair: Pair, kind: FileKind, file: File, isVoice: boolean) => void;
  sendAgain: (wamid: string) => void;
}

/** Makes the senders. */
export function useSending(dispatch: (action: PhoneAction) => void): Sending {
  const tries = useRef(new Map<string, () => void>());

  function send(pair: Pair, shown: JsonObject, body: () => JsonObject | Promise<JsonObject>) {
    const message = localMessage(pair, shown);
    async function attempt() {
      dispatch({ type: "local", message: { ...message, local: "sending" } });
      try {
        const full = { ...await body(), phone_number_id: pair.phoneNumberId, id: message.wamid };
        await postMessage(pair.customer, full);
        tries.current.delete(message.wamid);
      } catch {
        dispatch({ type: "local", message: { ...message, local: "failed" } });
      }
    }
    tries.current.set(message.wamid, attempt);
    attempt();
  }
  return {
    sendText: (pair, text) =>
      send(pair, { type: "text", text: { body: text } }, () => ({ type: "text", text })),
    sendTap: (pair, { kind, replyTo, id, ...words }) =>
      send(
        pair,
        { type: "interactive", interactive: { type: `${kind}_reply`, [`${kind}_reply`]: { id, ...words } } },
        () => ({ type: kind, [kind === "button" ? "button_id" : "row_id"]: id, ...words, reply_to: replyTo }),
      ),
    sendLocation: (pair, place) =>
      send(pair, { type: "location", location: place }, () => ({ type: "location", ...place })),
    sendFile: (pair, kind, file, isVoice) =>
      send(
        pair,
        { type: kind, [kind]: { local_url: URL.createObjectURL(file), filename: file.name } },
        async () => ({
          type: kind,
          media_id: await uploadFile(file),
          ...(kind === "audio" && { voice: isVoice }),
        }),
      ),
    sendAgain: (wamid) => tries.current.get(wamid)?.(),
  };
}

function localMessage(pair: Pair, shown: JsonObject): PhoneMessage {
  return {
    wamid: `wamid.${crypto.randomUUID()}`,
    direction: "inbound",
    phone_number_id: pair.phoneNumberId,
    customer: pair.customer,
    at: new Date().toISOString(),
    message: shown,
    statuses: [],
    acknowledged: false,
    attempts: 0,
    seen: false,
    owed: [],
  };
}
