import { Link } from "@tanstack/react-router";
import { AtSign, Phone } from "lucide-react";
import { Badge, formatListTime, Switch } from "@app/ui/mod.ts";
import { useDesk } from "../../lib/desk.ts";
import { useAllSpeech } from "../../words/later/use-later-words.ts";
import { FieldList } from "./field-list.tsx";
import { PanelPart } from "../../components/panel-part.tsx";
import type { Contact } from "./use-contact.ts";
import { useContactVerbs } from "./use-contact-verbs.ts";

/** What is kept of a person beyond this conversation, and whether they want to hear from us. */
export function AboutContact({ contact, currentId }: { contact: Contact; currentId: string }) {
  const { words, labels } = useAllSpeech();
  const { tenant } = useDesk();
  const verbs = useContactVerbs(contact.id);
  const past = contact.sessions.filter((session) => session.id !== currentId);
  const hasAttributes = contact.tags.length > 0 || Object.keys(contact.attributes).length > 0;
  return (
    <>
      {hasAttributes && (
        <PanelPart title={words.contact.attributes}>
          <p className="mb-2 flex flex-wrap gap-1.5 empty:hidden">
            {contact.tags.map((tag) => (
              <Badge key={tag}>
                <bdi>#{tag}</bdi>
              </Badge>
            ))}
          </p>
          <FieldList fields={contact.attributes} emptyText="" />
        </PanelPart>
      )}
      <PanelPart title={words.contact.identities}>
        <ul className="space-y-1 text-sm">
          {contact.identities.map(({ kind, external_id, channel_type }) => (
            <li key={`${kind} ${external_id}`} className="flex items-center gap-2">
              <span aria-hidden="true" className="text-soft">
                {kind === "phone" ? <Phone size={14} /> : <AtSign size={14} />}
              </span>
              <span className="min-w-0 flex-1 truncate" dir="ltr">{external_id}</span>
              <span className="text-xs text-soft">{channel_type}</span>
            </li>
          ))}
        </ul>
      </PanelPart>
      {past.length > 0 && (
        <PanelPart title={words.contact.past(past.length)}>
          <ul className="-mx-2">
            {past.map((session) => (
              <li key={session.id}>
                <Link
                  to="/t/$slug/c/$sessionId"
                  params={{ slug: tenant.slug, sessionId: session.id }}
                  search={(previous: object) => previous}
                  className="block rounded-xl px-2 py-1.5 text-sm hover:bg-accent-soft"
                >
                  <span className="block truncate" dir="auto">{session.summary ?? session.state ?? "—"}</span>
                  <span className="text-xs text-soft">
                    {formatListTime(session.last_message_at ?? session.created_at, labels, new Date())}
                    {" · "}
                    {words.contact.messages(session.message_count)}
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        </PanelPart>
      )}
      <PanelPart title={words.contact.wishes}>
        <Switch
          label={words.contact.optOut}
          hint={words.contact.optOutHint}
          isOn={contact.opted_out_at !== null}
          onChange={(isOn) => void verbs.optOut(isOn)}
        />
        <Switch
          label={words.contact.block}
          hint={words.contact.blockHint}
          isOn={contact.blocked_at !== null}
          onChange={(isOn) => void verbs.block(isOn)}
        />
      </PanelPart>
    </>
  );
}
