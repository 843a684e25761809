import { useState } from "react";
import { Button, ModalDialog } from "@app/ui/mod.ts";
import { useSpeech } from "../../lib/speech.ts";
import type { Verbs } from "./use-verbs.ts";

/** Gives a conversation back to the bot, with a note of what was agreed. */
export function HandBackDialog({ verbs, onClose }: { verbs: Verbs; onClose: () => void }) {
  const { words } = useSpeech();
  const [note, setNote] = useState("");
  return (
    <ModalDialog
      title={words.verbs.hand_back}
      closeLabel={words.close}
      onClose={onClose}
      testId="hand-back-dialog"
    >
      <p className="mb-3 text-sm text-soft">{words.verbs.handBackText}</p>
      <label className="block text-sm font-medium">
        {words.verbs.handBackNote}
        <textarea
          value={note}
          maxLength={2000}
          rows={4}
          dir="auto"
          onChange={(event) => setNote(event.target.value)}
          className="mt-1 w-full rounded-xl border border-edge/60 bg-raised p-3 text-[0.9375rem] font-normal"
        />
      </label>
      <div className="mt-4 flex justify-end gap-2">
        <Button onClick={onClose}>{words.cancel}</Button>
        <Button
          look="solid"
          isBusy={verbs.busy === "hand_back"}
          data-testid="confirm-hand-back"
          onClick={() => void verbs.handBack(note.trim()).then((isDone) => isDone && onClose())}
        >
          {words.verbs.hand_back}
        </Button>
      </div>
    </ModalDialog>
  );
}
