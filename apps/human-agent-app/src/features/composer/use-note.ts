import { useQueryClient } from "@tanstack/react-query";
import * as z from "zod/mini";
import { call } from "../../lib/call.ts";
import { useDesk } from "../../lib/desk.ts";
import { keys } from "../../lib/keys.ts";
import { useComplain } from "../../lib/use-complain.ts";

/** Saves a note of a conversation; `onRefused` gets its text back, so that nothing is lost. */
export function useNote(sessionId: string, onRefused: (text: string) => void): (text: string) => void {
  const { backend, tenant } = useDesk();
  const client = useQueryClient();
  const complain = useComplain();
  return (text) =>
    void call(backend, "add_note", {
      p_tenant_id: tenant.id,
      p_session_id: sessionId,
      p_message_id: crypto.randomUUID(),
      p_content: text,
    }, z.unknown()).then(
      () => void client.invalidateQueries({ queryKey: keys.messages(tenant.id, sessionId) }),
      (error) => {
        onRefused(text);
        complain(error);
      },
    );
}
