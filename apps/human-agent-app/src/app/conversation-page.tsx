import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { later } from "../components/later.tsx";
import { LoadError } from "../components/load-error.tsx";
import { useFirstScreen } from "../lib/first-screen.ts";
import { useIsWaiting } from "../lib/use-in-pieces.ts";
import { useSession } from "../lib/use-session.ts";
import { Conversation } from "./conversation.tsx";
import { ConversationSkeleton } from "./conversation-skeleton.tsx";
import { PersonPanelSkeleton } from "./person-panel-skeleton.tsx";

const PersonPanel = later({
  load: () => import("./person-panel.tsx").then((module) => module.PersonPanel),
  Waiting: PersonPanelSkeleton,
  when: "after first screen",
});

const wide = "(min-width: 1280px)";

/** A conversation, and on wide screens the person beside it. */
export function ConversationPage() {
  const { sessionId } = useParams({ from: "/t/$slug/c/$sessionId" });
  const session = useSession(sessionId);
  const [isPanelOpen, setIsPanelOpen] = useState(() => matchMedia(wide).matches);
  const isWaiting = useIsWaiting(session);
  useFirstScreen(!isWaiting && !session.data);
  if (isWaiting) return <ConversationSkeleton />;
  if (!session.data) return <LoadError query={session} />;
  return (
    <div className="relative flex min-w-0 flex-1">
      <Conversation
        key={sessionId}
        session={session.data}
        panel={{ isOpen: isPanelOpen, onToggle: () => setIsPanelOpen(!isPanelOpen) }}
      />
      {isPanelOpen && <PersonPanel session={session.data} onClose={() => setIsPanelOpen(false)} />}
    </div>
  );
}
