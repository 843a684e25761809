import { useState } from "react";
import { Button } from "@app/ui/mod.ts";
import { useAllSpeech } from "../../words/later/use-later-words.ts";
import { contractOf, draftOf } from "./hand-back-contract.ts";
import { LearnedFields, PromiseList } from "./hand-back-parts.tsx";
import type { ReadStretch } from "./use-hand-back-proposal.ts";
import type { Verbs } from "./use-verbs.ts";

interface FormProps {
  /** `null` where nothing could be proposed: then there is a note only. */
  stretch: ReadStretch | null;
  verbs: Verbs;
  onClose: () => void;
}

/** The proposal, ready to be confirmed as it is. */
export function HandBackForm({ stretch, verbs, onClose }: FormProps) {
  const { words } = useAllSpeech();
  const [draft, setDraft] = useState(() =>
    stretch ? draftOf(stretch.proposal) : { note: "", state: "", fields: [], promises: [] }
  );
  const confirm = () => {
    const contract = stretch ? contractOf(draft, new Date()) : undefined;
    void verbs.handBack(draft.note.trim(), contract).then((isDone) => isDone && onClose());
  };
  return (
    <>
      <LearnedFields draft={draft} onChange={setDraft} />
      <PromiseList draft={draft} onChange={setDraft} />
      {stretch && (
        <label className="mb-3 block text-sm font-medium">
          {words.verbDialogs.handBackState}
          <select
            value={draft.state}
            onChange={({ target }) => setDraft({ ...draft, state: target.value })}
            className="mt-1 min-h-11 w-full rounded-xl border border-edge/60 bg-raised px-3 font-normal"
          >
            {stretch.states.map((state) => <option key={state} value={state}>{state}</option>)}
          </select>
        </label>
      )}
      <label className="block text-sm font-medium">
        {words.verbDialogs.handBackNote}
        <textarea
          value={draft.note}
          maxLength={2000}
          rows={3}
          dir="auto"
          onChange={({ target }) => setDraft({ ...draft, note: target.value })}
          className="mt-1 w-full rounded-xl border border-edge/60 bg-raised p-3 text-[0.9375rem] font-normal"
        />
      </label>
      <div className="mt-4 flex justify-end gap-2">
        <Button onClick={onClose}>{words.cancel}</Button>
        <Button
          look="solid"
          isBusy={verbs.busy === "hand_back"}
          data-testid="confirm-hand-back"
          onClick={confirm}
        >
          {words.verbDialogs.hand_back}
        </Button>
      </div>
    </>
  );
}
