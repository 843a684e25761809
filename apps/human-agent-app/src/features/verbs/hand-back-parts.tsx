import { useAllSpeech } from "../../words/later/use-later-words.ts";
import { type ContractDraft, fromLocalInput, toLocalInput } from "./hand-back-contract.ts";

interface PartsProps {
  draft: ContractDraft;
  onChange: (draft: ContractDraft) => void;
}

const row = "flex items-start gap-2 py-1.5 text-sm";
const box = "mt-0.5 size-4 shrink-0 accent-accent";
const field = "min-h-9 rounded-lg border border-edge/60 bg-raised px-2 text-sm";

/** What was learned while a person spoke; each can be left out. */
export function LearnedFields({ draft, onChange }: PartsProps) {
  const { words } = useAllSpeech();
  if (draft.fields.length === 0) return null;
  return (
    <fieldset className="mb-3">
      <legend className="text-sm font-medium">{words.verbDialogs.handBackFields}</legend>
      {draft.fields.map((one, place) => (
        <label key={one.name} className={row}>
          <input
            type="checkbox"
            className={box}
            checked={one.isChosen}
            onChange={({ target }) =>
              onChange({ ...draft, fields: draft.fields.with(place, { ...one, isChosen: target.checked }) })}
          />
          <span className="min-w-0 [overflow-wrap:anywhere]">
            {one.name}: <bdi>{String(one.value)}</bdi>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** What was promised: when it is due and who does it can be changed, and each can be left out. */
export function PromiseList({ draft, onChange }: PartsProps) {
  const { words } = useAllSpeech();
  if (draft.promises.length === 0) return null;
  const change = (place: number, changes: Partial<ContractDraft["promises"][number]>) =>
    onChange({
      ...draft,
      promises: draft.promises.map((one, at) => at === place ? { ...one, ...changes } : one),
    });
  return (
    <fieldset className="mb-3">
      <legend className="text-sm font-medium">{words.verbDialogs.handBackPromises}</legend>
      {draft.promises.map((one, place) => (
        <div key={one.content} className="py-1.5" data-testid="promise">
          <label className={row}>
            <input
              type="checkbox"
              className={box}
              checked={one.isChosen}
              onChange={({ target }) => change(place, { isChosen: target.checked })}
            />
            <span className="min-w-0 [overflow-wrap:anywhere]" dir="auto">{one.content}</span>
          </label>
          <div className="flex flex-wrap gap-2 ps-6">
            <input
              type="datetime-local"
              aria-label={words.verbDialogs.promiseDue}
              className={field}
              value={toLocalInput(one.dueAt)}
              onChange={({ target }) => change(place, { dueAt: fromLocalInput(target.value, one.dueAt) })}
            />
            <select
              aria-label={words.verbDialogs.promiseDoer}
              className={field}
              value={one.doer}
              onChange={({ target }) => change(place, { doer: target.value === "bot" ? "bot" : "person" })}
            >
              <option value="bot">{words.verbDialogs.botWrites}</option>
              <option value="person">{words.verbDialogs.personDoes}</option>
            </select>
          </div>
        </div>
      ))}
    </fieldset>
  );
}
