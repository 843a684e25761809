import { BellOff } from "lucide-react";
import { Button, Switch } from "@app/ui/mod.ts";
import { useAllSpeech } from "../../words/later/use-later-words.ts";
import { usePushDevice } from "./use-push-device.ts";

/** Notifications on this device: on or off, or what stands in the way. */
export function PushSettings() {
  const { words } = useAllSpeech();
  const { support, isOn, isBusy, others, turn, tryIt } = usePushDevice();
  const { push } = words.settings;
  if (support !== "possible") {
    return (
      <div className="flex gap-3 border-t border-line pt-3" data-testid="push-unavailable">
        <BellOff size={18} aria-hidden="true" className="mt-0.5 shrink-0 text-soft" />
        <p>
          <span className="block text-sm font-medium">{push.title}</span>
          <span className="block text-xs text-soft">{push.states[support]}</span>
        </p>
      </div>
    );
  }
  return (
    <div className="border-t border-line pt-1" data-testid="push-settings" aria-busy={isBusy}>
      <Switch
        label={push.title}
        hint={push.hint}
        isOn={isOn}
        onChange={(isWanted) => void turn(isWanted)}
      />
      {others > 0 && <p className="text-xs text-soft">{push.others(others)}</p>}
      {isOn && (
        <Button
          look="quiet"
          className="mt-2"
          isBusy={isBusy}
          onClick={() => void tryIt()}
          data-testid="try-push"
        >
          {push.try}
        </Button>
      )}
    </div>
  );
}
