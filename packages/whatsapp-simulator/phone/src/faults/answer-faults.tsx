import type { Words } from "../i18n/words.ts";
import { type Chance, CHANCE_FAULTS, chanceOf, settingOf } from "./chance.ts";
import { FaultChoice } from "./fault-choice.tsx";
import type { FaultsOfPage } from "./use-faults.ts";

type Settings = NonNullable<FaultsOfPage["settings"]>;

interface AnswerFaultsProps {
  settings: Settings;
  words: Words;
  change: FaultsOfPage["change"];
}

/** What goes wrong with the platform's answers to the business, and with statuses. */
export function AnswerFaults({ settings, words, change }: AnswerFaultsProps) {
  const chances = Object.entries(words.chances) as [Chance, string][];
  const waits: [number, string][] = [0, 1, 3, 10].map((
    value,
  ) => [value * 1_000, value === 0 ? words.never : words.seconds(value)]);
  const dropped = settings.drop_statuses.join(" ");
  return (
    <fieldset className="py-4">
      <legend className="float-left font-medium">{words.answers}</legend>
      <p className="clear-left mb-2 text-sm text-soft">{words.answersHint}</p>
      {CHANCE_FAULTS.map((fault) => (
        <FaultChoice
          key={fault}
          label={words.answerFaults[fault]}
          options={chances}
          value={chanceOf(settings[fault])}
          onChange={(chance) =>
            change({ [fault]: settingOf(chance), ...(fault === "error" && { error_code: 190 }) })}
        />
      ))}
      <FaultChoice
        label={words.answerDelay}
        options={waits}
        value={settings.answer_delay_ms}
        onChange={(value) => change({ answer_delay_ms: value })}
      />
      <FaultChoice
        label={words.slowBody}
        options={waits}
        value={settings.slow_body_ms}
        onChange={(value) => change({ slow_body_ms: value })}
      />
      <FaultChoice
        label={words.dropStatuses}
        options={[["", words.never], ["delivered", words.dropDelivered], [
          "sent delivered read failed",
          words.dropAll,
        ]]}
        value={dropped}
        onChange={(value) => change({ drop_statuses: value.split(" ").filter(isStatus) })}
      />
      <FaultChoice
        label={words.windowError}
        options={[["at_once", words.atOnce], ["later", words.later]]}
        value={settings.window_error}
        onChange={(value) => change({ window_error: value })}
      />
    </fieldset>
  );
}

function isStatus(word: string): word is Settings["drop_statuses"][number] {
  return ["sent", "delivered", "read", "played", "failed"].includes(word);
}
