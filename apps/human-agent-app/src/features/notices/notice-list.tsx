import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { BellOff, Bot, CircleAlert, HandHelping, UserRoundCheck } from "lucide-react";
import { useEffect } from "react";
import * as z from "zod/mini";
import { formatListTime, Skeleton, StateMessage } from "@app/ui/mod.ts";
import { LoadError } from "../../components/load-error.tsx";
import { isOnItsWay } from "../../lib/use-in-pieces.ts";
import { call } from "../../lib/call.ts";
import { useDesk } from "../../lib/desk.ts";
import { keys } from "../../lib/keys.ts";
import { useAllSpeech } from "../../words/later/use-later-words.ts";
import { useMembers } from "../../lib/use-members.ts";
import { type Notice, useNotices } from "./use-notices.ts";

const ICONS = { escalation: HandHelping, assigned: UserRoundCheck, handed_back: Bot, failed: CircleAlert };

/** The notification centre. Leaving it marks all as read. */
export function NoticeList() {
  const { words } = useAllSpeech();
  const { backend, tenant } = useDesk();
  const client = useQueryClient();
  const notices = useNotices();
  useEffect(() => () => {
    void call(backend, "mark_notifications_read", { p_tenant_id: tenant.id }, z.unknown())
      .then(() => client.invalidateQueries({ queryKey: keys.notices(tenant.id) }), () => {});
  }, [backend, tenant.id, client]);
  if (isOnItsWay(notices)) {
    return (
      <div className="space-y-3 p-4">
        <Skeleton className="h-14" />
        <Skeleton className="h-14" />
      </div>
    );
  }
  if (!notices.data) return <LoadError query={notices} />;
  if (notices.data.length === 0) {
    return (
      <StateMessage
        icon={<BellOff size={26} />}
        title={words.notices.empty.title}
        text={words.notices.empty.text}
      />
    );
  }
  return (
    <ul className="min-h-0 flex-1 overflow-y-auto p-2">
      {notices.data.map((notice) => <NoticeItem key={notice.id} notice={notice} />)}
    </ul>
  );
}

function NoticeItem({ notice }: { notice: Notice }) {
  const { words, labels } = useAllSpeech();
  const { tenant } = useDesk();
  const { nameOfMember } = useMembers();
  const Icon = ICONS[notice.kind];
  const { body } = notice;
  const contact = notice.contact_name ?? words.unknownContact;
  const byCause = notice.kind === "escalation" && words.notices.causes[body.cause ?? ""];
  const title = byCause
    ? byCause(contact)
    : words.notices.kinds[notice.kind](contact, nameOfMember(body.by ?? null));
  const seenBy = notice.kind === "escalation" ? body.acknowledged_by : null;
  return (
    <li>
      <Link
        to="/t/$slug/c/$sessionId"
        params={{ slug: tenant.slug, sessionId: notice.session_id }}
        search={(previous: object) => previous}
        className={`flex items-start gap-3 rounded-2xl px-3 py-2.5 hover:bg-accent-soft ${
          notice.is_read ? "opacity-75" : ""
        }`}
      >
        <span
          aria-hidden="true"
          className={`grid size-9 shrink-0 place-items-center rounded-full ${
            notice.kind === "failed" || body.urgency === "high"
              ? "bg-danger-soft text-danger"
              : "bg-accent-soft text-accent"
          }`}
        >
          <Icon size={17} />
        </span>
        <span className="min-w-0 flex-1">
          <span className={`block text-sm ${notice.is_read ? "" : "font-semibold"}`} dir="auto">{title}</span>
          <span className="line-clamp-2 text-sm text-soft" dir="auto">
            {body.summary ?? body.note ?? body.preview ?? body.reason ?? ""}
          </span>
          {seenBy && (
            <span className="block text-xs text-soft">{words.alerts.seenBy(nameOfMember(seenBy))}</span>
          )}
        </span>
        <time dateTime={notice.at} className="shrink-0 text-xs text-soft">
          {formatListTime(notice.at, labels, new Date())}
        </time>
      </Link>
    </li>
  );
}
