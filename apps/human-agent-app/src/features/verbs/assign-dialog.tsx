import { useState } from "react";
import { Avatar, Button, ModalDialog, TextField } from "@app/ui/mod.ts";
import type { Session } from "../../lib/records/session.ts";
import { useAllSpeech } from "../../words/later/use-later-words.ts";
import { useMembers } from "../../lib/use-members.ts";
import type { Verbs } from "./use-verbs.ts";

const ORDER = { online: 0, away: 1, offline: 2 };

/** Gives a conversation to a colleague, with a word about it. Who is there comes first. */
export function AssignDialog(
  { verbs, session, onClose }: { verbs: Verbs; session: Session; onClose: () => void },
) {
  const { words } = useAllSpeech();
  const { members } = useMembers();
  const [note, setNote] = useState("");
  const others = members.filter((member) => member.user_id !== session.assigned_to)
    .sort((one, other) => ORDER[one.availability] - ORDER[other.availability]);
  return (
    <ModalDialog
      title={words.verbDialogs.assign}
      closeLabel={words.close}
      onClose={onClose}
      testId="assign-dialog"
    >
      <TextField
        label={words.verbDialogs.assignNote}
        value={note}
        maxLength={500}
        onChange={(event) => setNote(event.target.value)}
        className="mb-3"
      />
      <ul>
        {others.map((member) => (
          <li key={member.user_id}>
            <Button
              look="link"
              className="w-full justify-start! px-2! text-ink!"
              data-testid="assign-to"
              isBusy={verbs.busy === "assign_session"}
              onClick={() => void verbs.assign(member.user_id, note).then((isDone) => isDone && onClose())}
            >
              <Avatar name={member.display_name} size={34} />
              <span className="min-w-0 flex-1 truncate text-start" dir="auto">
                {member.is_me ? words.verbDialogs.toMe : member.display_name}
              </span>
              <span className="text-xs font-normal text-soft">{words.availability[member.availability]}</span>
            </Button>
          </li>
        ))}
      </ul>
    </ModalDialog>
  );
}
