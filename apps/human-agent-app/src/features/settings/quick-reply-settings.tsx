import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";
import * as z from "zod/mini";
import { Button, IconButton, showToast, TextField } from "@app/ui/mod.ts";
import { call } from "../../lib/call.ts";
import { useDesk } from "../../lib/desk.ts";
import { keys } from "../../lib/keys.ts";
import { useAllSpeech } from "../../words/later/use-later-words.ts";
import { useComplain } from "../../lib/use-complain.ts";

const replies = z.array(z.object({ id: z.string(), shortcut: z.string(), content: z.string() }));

/** The canned replies of the tenant: a new one, and each that is there. */
export function QuickReplySettings() {
  const { words } = useAllSpeech();
  const { backend, tenant } = useDesk();
  const client = useQueryClient();
  const complain = useComplain();
  const queryKey = keys.quickReplies(tenant.id);
  const { data = [] } = useQuery({
    queryKey,
    queryFn: () => call(backend, "list_quick_replies", { p_tenant_id: tenant.id }, replies),
  });
  const act = (name: string, args: Record<string, unknown>) =>
    call(backend, name, { p_tenant_id: tenant.id, ...args }, z.unknown())
      .then((result) => result, (error) => void complain(error))
      .finally(() => void client.invalidateQueries({ queryKey }));
  return (
    <>
      <form
        className="mb-3 grid gap-2 sm:grid-cols-[9rem_1fr_auto] sm:items-end"
        onSubmit={(event) => {
          event.preventDefault();
          const form = event.currentTarget;
          const { shortcut, content } = Object.fromEntries(new FormData(form));
          void act("save_quick_reply", {
            p_shortcut: String(shortcut).replace(/^\//, ""),
            p_content: content,
          })
            .then((id) => id !== undefined && form.reset());
        }}
      >
        <TextField
          label={words.settings.shortcut}
          name="shortcut"
          required
          maxLength={33}
          placeholder="/precio"
        />
        <TextField label={words.settings.replyText} name="content" required maxLength={4096} dir="auto" />
        <Button type="submit" look="solid" className="min-h-11">{words.add}</Button>
      </form>
      <p className="mb-2 text-xs text-soft">{words.settings.nameHint}</p>
      <ul>
        {data.map((reply) => (
          <li key={reply.id} className="flex items-center gap-2 border-t border-line py-1.5">
            <bdi className="shrink-0 text-sm font-semibold text-accent">/{reply.shortcut}</bdi>
            <span className="min-w-0 flex-1 truncate text-sm text-soft" dir="auto">{reply.content}</span>
            <IconButton
              label={words.settings.deleteReply(reply.shortcut)}
              onClick={() =>
                void act("delete_quick_reply", { p_id: reply.id }).then((isGone) =>
                  isGone === false && showToast({ text: words.settings.notYours, isError: true })
                )}
            >
              <Trash2 size={16} aria-hidden="true" />
            </IconButton>
          </li>
        ))}
      </ul>
    </>
  );
}
