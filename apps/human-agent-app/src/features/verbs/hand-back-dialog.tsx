import { ModalDialog, Skeleton } from "@app/ui/mod.ts";
import { useAllSpeech } from "../../words/later/use-later-words.ts";
import { HandBackForm } from "./hand-back-form.tsx";
import { useHandBackProposal } from "./use-hand-back-proposal.ts";
import type { Verbs } from "./use-verbs.ts";

interface DialogProps {
  verbs: Verbs;
  sessionId: string;
  onClose: () => void;
}

/**
 * Gives a conversation back to the bot: what was learned and promised is proposed, looked over and confirmed. Without a
 * proposal, as on a bad network, it can still be given back with a note.
 */
export function HandBackDialog({ verbs, sessionId, onClose }: DialogProps) {
  const { words } = useAllSpeech();
  const { data, isPending } = useHandBackProposal(sessionId);
  return (
    <ModalDialog
      title={words.verbDialogs.hand_back}
      closeLabel={words.close}
      onClose={onClose}
      testId="hand-back-dialog"
    >
      <p className="mb-3 text-sm text-soft">{words.verbDialogs.handBackText}</p>
      {isPending
        ? <Skeleton className="h-32 w-full" />
        : <HandBackForm stretch={data ?? null} verbs={verbs} onClose={onClose} />}
    </ModalDialog>
  );
}
