import { Button, Switch, TextField } from "@app/ui/mod.ts";
import { useDesk } from "../../lib/desk.ts";
import { useAllSpeech } from "../../words/later/use-later-words.ts";
import { AlertTemplateChoice } from "./alert-template-choice.tsx";
import { type AlertSettings, readAlertSettings } from "./read-alert-settings.ts";
import { useSaveSettings } from "./use-save-settings.ts";

/** How the team is told that a person is wanted; owners and admins see and change it. */
export function TeamSettings() {
  const { words } = useAllSpeech();
  const { tenant } = useDesk();
  const settings = readAlertSettings(tenant.settings);
  const { isBusy, save } = useSaveSettings("save_alert_settings");
  const { team } = words.settings;

  function read(form: HTMLFormElement): AlertSettings {
    const value = (name: string) => Number(new FormData(form).get(name));
    return {
      ...settings,
      ladder_minutes: { agent: value("agent"), next: value("next"), owner: value("owner") },
      due_soon_minutes: value("due_soon"),
    };
  }
  const minutes = (name: string, value: number, least = 1) => (
    <TextField
      label={team.minutes[name as keyof typeof team.minutes]}
      name={name}
      type="number"
      inputMode="numeric"
      min={least}
      max={1440}
      required
      defaultValue={value}
    />
  );
  return (
    <form
      key={JSON.stringify(settings)}
      data-testid="team-settings"
      onSubmit={(event) => {
        event.preventDefault();
        void save({ p_alerts: read(event.currentTarget) });
      }}
    >
      <p className="mb-3 text-xs text-soft">{team.hint}</p>
      <div className="grid grid-cols-2 items-end gap-3">
        {minutes("agent", settings.ladder_minutes.agent)}
        {minutes("next", settings.ladder_minutes.next)}
        {minutes("owner", settings.ladder_minutes.owner)}
        {minutes("due_soon", settings.due_soon_minutes, 0)}
      </div>
      <Button type="submit" className="mt-3" isBusy={isBusy}>{words.save}</Button>
      <Switch
        label={team.showNames}
        hint={team.showNamesHint}
        isOn={settings.show_names}
        onChange={(isOn) => void save({ p_alerts: { ...settings, show_names: isOn } })}
      />
      <AlertTemplateChoice
        chosen={settings.template}
        onChoose={(template) => void save({ p_alerts: { ...settings, template } })}
      />
    </form>
  );
}
