import { Button, Switch, TextField } from "@app/ui/mod.ts";
import { useDesk } from "../../lib/desk.ts";
import { useAllSpeech } from "../../words/later/use-later-words.ts";
import { readHandBackSettings } from "./read-hand-back-settings.ts";
import { useSaveSettings } from "./use-save-settings.ts";

/** When conversations go back to the bot without a tap; owners and admins see and change it. */
export function HandBackSettings() {
  const { words } = useAllSpeech();
  const { tenant } = useDesk();
  const settings = readHandBackSettings(tenant.settings);
  const { isBusy, save } = useSaveSettings("save_hand_back_settings");
  const { handBack } = words.settings;
  return (
    <form
      key={JSON.stringify(settings)}
      data-testid="hand-back-settings"
      onSubmit={(event) => {
        event.preventDefault();
        const minutes = String(new FormData(event.currentTarget).get("after"));
        void save({
          p_hand_back: { ...settings, after_minutes: minutes === "" ? null : Number(minutes) },
        });
      }}
    >
      <div className="flex items-end gap-2">
        <TextField
          label={handBack.after}
          name="after"
          type="number"
          inputMode="numeric"
          min={5}
          max={10080}
          defaultValue={settings.after_minutes ?? ""}
          className="flex-1"
        />
        <Button type="submit" isBusy={isBusy} className="min-h-11">{words.save}</Button>
      </div>
      <p className="mt-1 mb-2 text-xs text-soft">{handBack.afterHint}</p>
      <Switch
        label={handBack.onResolve}
        hint={handBack.onResolveHint}
        isOn={settings.on_resolve}
        onChange={(isOn) => void save({ p_hand_back: { ...settings, on_resolve: isOn } })}
      />
    </form>
  );
}
