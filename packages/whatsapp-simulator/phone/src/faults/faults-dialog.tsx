import { useEffect } from "react";
import { ModalDialog } from "@app/ui/mod.ts";
import type { Words } from "../i18n/words.ts";
import { Switch } from "../dialogs/switch.tsx";
import { AnswerFaults } from "./answer-faults.tsx";
import { Stepper } from "./stepper.tsx";
import type { FaultsOfPage } from "./use-faults.ts";

interface FaultsDialogProps {
  faults: FaultsOfPage;
  words: Words;
  onClose: () => void;
}

/** Sets what goes wrong, with what the business is told and with what it is answered. */
export function FaultsDialog({ faults, words, onClose }: FaultsDialogProps) {
  const { settings, change } = faults;
  useEffect(() => faults.refresh(), []);
  const errors = settings && "next" in settings.status_5xx ? settings.status_5xx.next : 0;
  return (
    <ModalDialog title={words.faults} closeLabel={words.close} onClose={onClose} testId="faults-dialog">
      <p className="mb-2 text-sm text-soft">{words.faultsHint}</p>
      {settings && (
        <div className="divide-y divide-line">
          <Stepper
            label={words.duplicate}
            hint={words.duplicateHint}
            steps={[0, 1, 2, 5].map((value) => [value, value === 0 ? words.never : `+${value}`])}
            value={settings.duplicate}
            onChange={(value) => change({ duplicate: value })}
          />
          <Stepper
            label={words.delay}
            hint={words.delayHint}
            steps={[0, 1, 3, 10].map((
              value,
            ) => [value * 1_000, value === 0 ? words.never : words.seconds(value)])}
            value={settings.delay_ms}
            onChange={(value) => change({ delay_ms: value })}
          />
          <Stepper
            label={words.serverErrors}
            hint={words.serverErrorsHint}
            steps={[0, 1, 3, 10].map((value) => [value, value === 0 ? words.never : String(value)])}
            value={errors}
            onChange={(value) => change({ status_5xx: { next: value } })}
          />
          <label className="flex items-center justify-between gap-4 py-4">
            <span>
              <span className="block font-medium">{words.reorder}</span>
              <span className="text-sm text-soft">{words.reorderHint}</span>
            </span>
            <Switch
              checked={settings.reorder}
              onChange={(event) => change({ reorder: event.target.checked })}
            />
          </label>
          <AnswerFaults settings={settings} words={words} change={change} />
        </div>
      )}
      <div className="sticky -bottom-6 -mx-6 -mb-6 border-t border-line bg-raised px-6 pt-3 pb-6">
        <button
          type="button"
          disabled={faults.count === 0}
          onClick={() => change()}
          data-testid="end-faults"
          className="min-h-11 w-full rounded-full border border-edge/60 font-semibold text-accent disabled:opacity-40"
        >
          {words.endFaults}
        </button>
      </div>
    </ModalDialog>
  );
}
