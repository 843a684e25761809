import { Link } from "@tanstack/react-router";
import { ArrowLeft, CheckCheck, Hand, PanelRight, RotateCcw } from "lucide-react";
import { useState } from "react";
import { Avatar, Button, IconButton } from "@app/ui/mod.ts";
import { HolderBadge } from "../../components/holder-badge.tsx";
import { laterDialog } from "../../components/later.tsx";
import { TimeChip } from "../../components/time-chip.tsx";
import { useDesk } from "../../lib/desk.ts";
import { nameOf, type Session } from "../../lib/records/session.ts";
import { useSpeech } from "../../lib/speech.ts";
import { useMembers } from "../../lib/use-members.ts";
import type { VerbDialog } from "./verb-dialog.ts";
import { AskedMenu } from "./asked-menu.tsx";
import type { Verbs } from "./use-verbs.ts";

const AssignDialog = laterDialog(() => import("./assign-dialog.tsx").then((module) => module.AssignDialog));
const HandBackDialog = laterDialog(() =>
  import("./hand-back-dialog.tsx").then((module) => module.HandBackDialog)
);
const TagsDialog = laterDialog(() => import("./tags-dialog.tsx").then((module) => module.TagsDialog));

interface ConversationHeaderProps {
  session: Session;
  verbs: Verbs;
  panel: { isOpen: boolean; onToggle: () => void };
}

/** Above a conversation: who, who holds it, how long still, and what can be done. */
export function ConversationHeader({ session, verbs, panel }: ConversationHeaderProps) {
  const { words } = useSpeech();
  const { tenant, userId } = useDesk();
  const { nameOfMember } = useMembers();
  const [dialog, setDialog] = useState<VerbDialog | null>(null);
  const name = nameOf(session, words.unknownContact);
  const isMine = session.holder === "human" && session.assigned_to === userId;
  const close = () => setDialog(null);
  return (
    <header
      className="flex min-h-16 items-center gap-2 border-b border-line bg-surface px-2 py-1.5 sm:px-4"
      data-testid="conversation-header"
    >
      <Link
        to="/t/$slug"
        params={{ slug: tenant.slug }}
        search={(previous: object) => previous}
        aria-label={words.back}
        className="grid size-10 shrink-0 place-items-center rounded-full text-soft hover:bg-accent-soft md:hidden"
      >
        <ArrowLeft size={21} aria-hidden="true" className="rtl:-scale-x-100" />
      </Link>
      <button
        type="button"
        onClick={panel.onToggle}
        className="flex min-w-0 flex-1 items-center gap-3 rounded-xl text-start"
      >
        <Avatar name={name} size={40} />
        <span className="min-w-0">
          <bdi className="block truncate font-semibold" data-testid="contact-name">{name}</bdi>
          <span className="mt-0.5 flex items-center gap-1.5">
            <HolderBadge session={session} me={userId} name={nameOfMember(session.assigned_to)} />
            <TimeChip session={session} />
          </span>
        </span>
      </button>
      {session.status !== "open"
        ? (
          <Button
            onClick={() => void verbs.reopen()}
            isBusy={verbs.busy === "reopen_session"}
            data-testid="reopen"
          >
            <RotateCcw size={16} aria-hidden="true" />
            <span className="max-sm:sr-only">{words.verbs.reopen}</span>
          </Button>
        )
        : isMine
        ? (
          <Button
            onClick={() => void verbs.resolve()}
            isBusy={verbs.busy === "resolve_session"}
            data-testid="resolve"
          >
            <CheckCheck size={16} aria-hidden="true" />
            <span className="max-sm:sr-only">{words.verbs.resolve}</span>
          </Button>
        )
        : (
          <Button
            look="solid"
            onClick={() => void verbs.takeOver()}
            isBusy={verbs.busy === "take_over"}
            data-testid="take-over"
          >
            <Hand size={16} aria-hidden="true" />
            <span className="max-sm:sr-only">{words.verbs.take_over}</span>
          </Button>
        )}
      <IconButton
        label={words.contactTitle}
        aria-pressed={panel.isOpen}
        className="max-md:hidden!"
        data-testid="toggle-panel"
        onClick={panel.onToggle}
      >
        <PanelRight size={19} aria-hidden="true" />
      </IconButton>
      <AskedMenu session={session} verbs={verbs} onDialog={setDialog} />
      {dialog === "assign" && <AssignDialog verbs={verbs} session={session} onClose={close} />}
      {dialog === "hand_back" && <HandBackDialog verbs={verbs} sessionId={session.id} onClose={close} />}
      {dialog === "tags" && <TagsDialog verbs={verbs} session={session} onClose={close} />}
    </header>
  );
}
