import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import * as z from "zod/mini";
import { Button, showToast, Switch, TextField } from "@app/ui/mod.ts";
import { call } from "../../lib/call.ts";
import { useDesk } from "../../lib/desk.ts";
import { keys } from "../../lib/keys.ts";
import { useAllSpeech } from "../../words/later/use-later-words.ts";
import { useComplain } from "../../lib/use-complain.ts";
import { useMembers } from "../../lib/use-members.ts";

/** What a person wants to be told, and under which name colleagues see them. */
export function NotificationSettings() {
  const { words } = useAllSpeech();
  const { backend, tenant } = useDesk();
  const { me } = useMembers();
  const client = useQueryClient();
  const complain = useComplain();
  const [isBusy, setIsBusy] = useState(false);

  async function save(changes: Record<string, unknown>) {
    setIsBusy(true);
    try {
      await call(backend, "update_my_profile", { p_tenant_id: tenant.id, ...changes }, z.unknown());
      showToast({ text: words.settings.saved });
    } catch (error) {
      complain(error);
    } finally {
      setIsBusy(false);
      void client.invalidateQueries({ queryKey: keys.members(tenant.id) });
    }
  }
  if (!me) return null;
  const choice = (name: "sound" | "mine_only") => ({
    isOn: me.notify[name] === true,
    onChange: (isOn: boolean) => void save({ p_notify: { ...me.notify, [name]: isOn } }),
  });
  return (
    <>
      <form
        className="mb-2 flex items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          void save({ p_display_name: String(new FormData(event.currentTarget).get("name")) });
        }}
      >
        <TextField
          label={words.settings.shownName}
          name="name"
          defaultValue={me.display_name}
          required
          maxLength={100}
          className="flex-1"
        />
        <Button type="submit" isBusy={isBusy} className="min-h-11">{words.save}</Button>
      </form>
      <Switch label={words.settings.sound} hint={words.settings.soundHint} {...choice("sound")} />
      <Switch label={words.settings.mineOnly} hint={words.settings.mineOnlyHint} {...choice("mine_only")} />
    </>
  );
}
