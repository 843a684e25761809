import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { LoadError } from "../components/load-error.tsx";
import { AlertsPart } from "../features/alerts/alerts-part.tsx";
import { ContactPanel } from "../features/contact/contact-panel.tsx";
import { PromisesPart } from "../features/promises/promises-part.tsx";
import { Skeleton } from "@app/ui/mod.ts";
import { useSession } from "../lib/use-session.ts";
import { useSpeech } from "../lib/speech.ts";
import { Conversation } from "./conversation.tsx";

const wide = "(min-width: 1280px)";

/** A conversation, and on wide screens the person beside it. */
export function ConversationPage() {
  const { words } = useSpeech();
  const { sessionId } = useParams({ from: "/t/$slug/c/$sessionId" });
  const session = useSession(sessionId);
  const [isPanelOpen, setIsPanelOpen] = useState(() => matchMedia(wide).matches);
  if (session.isPending) {
    return (
      <div role="status" aria-label={words.loading} className="flex-1 p-4">
        <Skeleton className="h-11 w-56" />
      </div>
    );
  }
  if (!session.data) return <LoadError error={session.error} onRetry={() => void session.refetch()} />;
  return (
    <div className="relative flex min-w-0 flex-1">
      <Conversation
        key={sessionId}
        session={session.data}
        panel={{ isOpen: isPanelOpen, onToggle: () => setIsPanelOpen(!isPanelOpen) }}
      />
      {isPanelOpen && (
        <ContactPanel session={session.data} onClose={() => setIsPanelOpen(false)}>
          <PromisesPart session={session.data} />
          <AlertsPart session={session.data} />
        </ContactPanel>
      )}
    </div>
  );
}
