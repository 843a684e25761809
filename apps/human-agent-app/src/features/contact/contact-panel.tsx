import { Merge, Pencil, Phone, X } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Avatar, Button, IconButton, Skeleton } from "@app/ui/mod.ts";
import { explainEscalation } from "../../components/explain-escalation.ts";
import { LoadError } from "../../components/load-error.tsx";
import { isOnItsWay } from "../../lib/use-in-pieces.ts";
import { PanelPart } from "../../components/panel-part.tsx";
import { sidePanel } from "../../components/side-panel.ts";
import { nameOf, type Session } from "../../lib/records/session.ts";
import { useAllSpeech } from "../../words/later/use-later-words.ts";
import { AboutContact } from "./about-contact.tsx";
import { EditContact } from "./edit-contact.tsx";
import { FieldList } from "./field-list.tsx";
import { MergeContact } from "./merge-contact.tsx";
import { useContact } from "./use-contact.ts";

/** Everything about the person: what the bot learned, how to reach them, what was before. */
export function ContactPanel(
  { session, onClose, children }: {
    session: Session;
    onClose: () => void;
    /** What other features tell of this conversation. */
    children?: ReactNode;
  },
) {
  const { words } = useAllSpeech();
  const contact = useContact(session.contact_id);
  const [open, setOpen] = useState<"edit" | "merge" | null>(null);
  const name = nameOf(session, words.unknownContact);
  return (
    <aside
      aria-label={words.contactTitle}
      data-testid="contact-panel"
      className={sidePanel}
    >
      <header className="flex items-start gap-2 pt-4 pb-3 ps-4 pe-2">
        <Avatar name={name} size={48} />
        <div className="min-w-0 flex-1 px-1 pt-0.5">
          <h2 className="font-semibold [overflow-wrap:anywhere]">
            <bdi>{name}</bdi>
          </h2>
          {session.contact_phone && (
            <p className="mt-0.5 flex items-center gap-1.5 text-sm text-soft">
              <Phone size={13} aria-hidden="true" className="shrink-0" />
              <span dir="ltr">+{session.contact_phone}</span>
            </p>
          )}
        </div>
        <IconButton label={words.close} onClick={onClose}>
          <X size={19} aria-hidden="true" />
        </IconButton>
      </header>
      <div className="flex gap-2 px-4 pb-4">
        <Button
          className="flex-1"
          onClick={() => setOpen("edit")}
          disabled={!contact.data}
          data-testid="edit-contact"
        >
          <Pencil size={15} aria-hidden="true" />
          {words.contact.editShort}
        </Button>
        <Button
          className="flex-1"
          onClick={() => setOpen("merge")}
          disabled={!contact.data}
          data-testid="merge-contact"
        >
          <Merge size={15} aria-hidden="true" />
          {words.contact.mergeConfirm}
        </Button>
      </div>
      {session.escalation_reason && (
        <PanelPart title={words.contact.wants}>
          <p className="text-sm font-medium [overflow-wrap:anywhere]" dir="auto">
            {explainEscalation(session, words)}
          </p>
          {session.escalation_summary && (
            <p className="mt-1 text-sm [overflow-wrap:anywhere] whitespace-pre-wrap" dir="auto">
              {session.escalation_summary}
            </p>
          )}
        </PanelPart>
      )}
      {children}
      <PanelPart title={words.contact.fields}>
        <FieldList fields={session.variables} emptyText={words.contact.noFields} />
      </PanelPart>
      {session.summary && (
        <PanelPart title={words.contact.summary}>
          <p className="text-sm whitespace-pre-wrap" dir="auto">{session.summary}</p>
        </PanelPart>
      )}
      {isOnItsWay(contact) && (
        <div className="space-y-3 p-4">
          <Skeleton className="h-5 w-1/2" />
          <Skeleton className="h-20" />
        </div>
      )}
      {!isOnItsWay(contact) && !contact.data && <LoadError query={contact} />}
      {contact.data && <AboutContact contact={contact.data} currentId={session.id} />}
      {open === "edit" && contact.data && (
        <EditContact
          contact={contact.data}
          onClose={() => setOpen(null)}
        />
      )}
      {open === "merge" && contact.data && (
        <MergeContact
          contact={contact.data}
          onClose={() => setOpen(null)}
        />
      )}
    </aside>
  );
}
