import { useState } from "react";
import { useAcknowledge } from "../features/alerts/use-acknowledge.ts";
import { AgentComposer } from "../features/composer/agent-composer.tsx";
import { ComposerFoot } from "../features/composer/composer-foot.tsx";
import { composerState } from "../features/composer/composer-state.ts";
import { useDraft, useDraftFile } from "../features/composer/use-draft.ts";
import { useNote } from "../features/composer/use-note.ts";
import { useSuggestedReply } from "../features/composer/use-suggested-reply.ts";
import { useSend } from "../features/composer/use-send.ts";
import { History } from "../features/conversation/history.tsx";
import { useMarkRead } from "../features/conversation/use-mark-read.ts";
import { useMessages } from "../features/conversation/use-messages.ts";
import { usePresence } from "../features/conversation/use-presence.ts";
import { ViewersLine } from "../features/conversation/viewers-line.tsx";
import { ConversationHeader } from "../features/verbs/conversation-header.tsx";
import { TemplateDialog } from "../features/templates/template-dialog.tsx";
import { useVerbs } from "../features/verbs/use-verbs.ts";
import { useDesk } from "../lib/desk.ts";
import type { Message } from "../lib/records/message.ts";
import type { Session } from "../lib/records/session.ts";
import { useNow } from "../lib/use-now.ts";
import { EscalationBanner } from "./escalation-banner.tsx";
import { useAnswers } from "./use-answers.ts";
import { useConversationKeys } from "./use-conversation-keys.ts";
import { useProblem } from "./use-problem.ts";

interface ConversationProps {
  session: Session;
  panel: { isOpen: boolean; onToggle: () => void };
}

/** One conversation: what was said, who is there, what can be done, and where to write. */
export function Conversation({ session, panel }: ConversationProps) {
  const { userId } = useDesk();
  const verbs = useVerbs(session);
  const loaded = useMessages(session.id);
  const [draft, write] = useDraft(userId, session.id);
  const [file, hold] = useDraftFile(userId, session.id);
  const [isNote, setIsNote] = useState(false);
  const send = useSend(session);
  const saveNote = useNote(session.id, write);
  const { viewers, tellTyping } = usePresence(session.id, {
    onEvent: ({ from_seq, to_seq }) => {
      if (from_seq !== undefined && to_seq !== undefined) void loaded.refresh(from_seq, to_seq);
    },
    onGap: () => void loaded.query.refetch(),
  });
  useMarkRead(session);
  useAcknowledge(session);
  useConversationKeys(session, verbs, () => setIsNote((was) => !was));
  const onProblem = useProblem(session, { messages: loaded.query.data?.messages ?? [], write, hold, send });
  const state = composerState(session, userId, useNow());
  const [isPickingTemplate, setIsPickingTemplate] = useState(false);
  const [quoted, setQuoted] = useState<Message | null>(null);
  const answers = useAnswers(send, setQuoted);
  const suggestion = useSuggestedReply(loaded.query.data?.messages ?? [], session.language);
  const canNote = isNote || state === "write";

  function wayOut() {
    if (state === "take_over") void verbs.takeOver();
    else if (state === "window_closed") setIsPickingTemplate(true);
    else if (state === "resolved") void verbs.reopen();
    else panel.onToggle();
  }
  return (
    <section className="flex min-h-0 min-w-0 flex-1 flex-col" data-testid="conversation">
      <ConversationHeader session={session} verbs={verbs} panel={panel} />
      <EscalationBanner session={session} />
      <History
        session={session}
        loaded={loaded}
        onProblem={onProblem}
        {...(state === "write" && { answers })}
      />
      <ViewersLine viewers={viewers} />
      {canNote
        ? (
          <AgentComposer
            session={session}
            draft={{ text: draft, write, file, hold }}
            send={send}
            note={{
              isOn: isNote,
              toggle: () => setIsNote(!isNote),
              save: (text) => {
                saveNote(text);
                setIsNote(false);
              },
            }}
            onTyping={tellTyping}
            suggestion={suggestion}
            quoted={{ message: quoted, drop: () => setQuoted(null) }}
          />
        )
        : (
          <ComposerFoot
            state={state as Exclude<typeof state, "write">}
            session={session}
            onWayOut={wayOut}
          />
        )}
      {isPickingTemplate && (
        <TemplateDialog
          session={session}
          onSend={send.template}
          onClose={() => setIsPickingTemplate(false)}
        />
      )}
    </section>
  );
}
