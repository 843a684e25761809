import { useRef, useState } from "react";
import { AgentComposer } from "../features/composer/agent-composer.tsx";
import { ComposerFoot } from "../features/composer/composer-foot.tsx";
import { composerState } from "../features/composer/composer-state.ts";
import { useDraft, useDraftFile } from "../features/composer/use-draft.ts";
import { useNote } from "../features/composer/use-note.ts";
import { useSend } from "../features/composer/use-send.ts";
import { History } from "../features/conversation/history.tsx";
import { useMessages } from "../features/conversation/use-messages.ts";
import { ConversationHeader } from "../features/verbs/conversation-header.tsx";
import { later, laterDialog } from "../components/later.tsx";
import { useVerbs } from "../features/verbs/use-verbs.ts";
import { useDesk } from "../lib/desk.ts";
import type { Message } from "../lib/records/message.ts";
import type { Session } from "../lib/records/session.ts";
import { useNow } from "../lib/use-now.ts";
import { EscalationBanner } from "./escalation-banner.tsx";
import { useAnswers } from "./use-answers.ts";
import { useProblem } from "./use-problem.ts";

const TemplateDialog = laterDialog(() =>
  import("../features/templates/template-dialog.tsx").then((module) => module.TemplateDialog)
);

const Company = later({
  load: () => import("./company.tsx").then((module) => module.Company),
  Waiting: () => null,
  when: "after first screen",
  isFirst: true,
});

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
  const tellTyping = useRef(() => {});
  const onProblem = useProblem(session, { messages: loaded.query.data?.messages ?? [], write, hold, send });
  const state = composerState(session, userId, useNow());
  const [isPickingTemplate, setIsPickingTemplate] = useState(false);
  const [quoted, setQuoted] = useState<Message | null>(null);
  const answers = useAnswers(send, setQuoted);
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
      <Company
        session={session}
        loaded={loaded}
        verbs={verbs}
        toggleNote={() => setIsNote((was) => !was)}
        tellTyping={tellTyping}
      />
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
            onTyping={() => tellTyping.current()}
            messages={loaded.query.data?.messages ?? []}
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
