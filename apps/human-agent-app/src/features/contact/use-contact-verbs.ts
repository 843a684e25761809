import { useQueryClient } from "@tanstack/react-query";
import * as z from "zod/mini";
import { showToast } from "@app/ui/mod.ts";
import { call } from "../../lib/call.ts";
import { useDesk } from "../../lib/desk.ts";
import { keys } from "../../lib/keys.ts";
import { useAllSpeech } from "../../words/later/use-later-words.ts";
import { useComplain } from "../../lib/use-complain.ts";

/** What can be done to a contact; blocking and opting out tell when they are done and can be undone. */
export function useContactVerbs(contactId: string) {
  const { backend, tenant } = useDesk();
  const { words } = useAllSpeech();
  const client = useQueryClient();
  const complain = useComplain();
  async function act(
    name: string,
    args: Record<string, unknown>,
    done?: string,
    undo?: () => void,
  ): Promise<boolean> {
    try {
      await call(backend, name, { p_tenant_id: tenant.id, p_contact_id: contactId, ...args }, z.unknown());
      if (done) showToast({ text: done, ...(undo && { action: { label: words.undo, onPress: undo } }) });
      return true;
    } catch (error) {
      complain(error);
      return false;
    } finally {
      void client.invalidateQueries({ queryKey: keys.contact(tenant.id, contactId) });
      void client.invalidateQueries({ queryKey: [tenant.id, "session"] });
    }
  }
  const block = (isBlocked: boolean, canUndo = true): Promise<boolean> =>
    act(
      "block_contact",
      { p_is_blocked: isBlocked },
      isBlocked ? words.contact.blocked : words.contact.unblocked,
      canUndo ? () => void block(!isBlocked, false) : undefined,
    );
  const optOut = (isOut: boolean, canUndo = true): Promise<boolean> =>
    act(
      "set_opt_out",
      { p_is_opted_out: isOut },
      isOut ? words.contact.optedOut : words.contact.optedIn,
      canUndo ? () => void optOut(!isOut, false) : undefined,
    );
  return {
    block,
    optOut,
    /** Makes another contact and this one the same person; it cannot be undone. */
    merge: (otherId: string) => act("merge_contacts", { p_other_contact_id: otherId }, words.contact.merged),
    update: (changes: Record<string, unknown>) => act("update_contact", { p_changes: changes }),
  };
}
