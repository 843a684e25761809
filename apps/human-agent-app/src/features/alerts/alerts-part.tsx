import { Bell, Eye, MessageCircle, Smartphone } from "lucide-react";
import { formatListTime } from "@app/ui/mod.ts";
import { PanelPart } from "../../components/panel-part.tsx";
import type { Session } from "../../lib/records/session.ts";
import { useAllSpeech } from "../../words/later/use-later-words.ts";
import { useMembers } from "../../lib/use-members.ts";
import { type Alert, stateOf, useAlerts } from "./use-alerts.ts";

const ICONS = { app: Bell, push: Smartphone, whatsapp: MessageCircle };

/** Who was told that this contact waits, when, by which way, and what came of it. */
export function AlertsPart({ session }: { session: Session }) {
  const { words } = useAllSpeech();
  const { nameOfMember } = useMembers();
  const { data: alerts = [] } = useAlerts(session.id);
  if (alerts.length === 0) return null;
  const seenBy = alerts.find((alert) => alert.acknowledged_by)?.acknowledged_by;
  return (
    <PanelPart title={words.alerts.title}>
      <p className="mb-1.5 flex items-center gap-1.5 text-sm font-medium" data-testid="alerts-seen">
        <Eye size={14} aria-hidden="true" className="shrink-0" />
        {seenBy ? words.alerts.seenBy(nameOfMember(seenBy)) : words.alerts.nobodyYet}
      </p>
      <ul className="space-y-1.5" data-testid="alerts">
        {alerts.map((alert) => <AlertItem key={alert.id} alert={alert} />)}
      </ul>
    </PanelPart>
  );
}

function AlertItem({ alert }: { alert: Alert }) {
  const { words, labels } = useAllSpeech();
  const { nameOfMember } = useMembers();
  const Icon = ICONS[alert.way];
  const state = stateOf(alert);
  return (
    <li className="flex items-start gap-2 text-sm" data-testid="alert">
      <Icon size={14} aria-hidden="true" className="mt-0.5 shrink-0 text-soft" />
      <span className="min-w-0 flex-1">
        <span className="block truncate">
          <bdi>{nameOfMember(alert.user_id)}</bdi>
          <span className="text-soft">{` · ${words.alerts.rungs[alert.rung]}`}</span>
        </span>
        <span className={`block text-xs ${state === "failed" ? "text-danger" : "text-soft"}`}>
          {`${words.alerts.ways[alert.way]} · ${words.alerts.states[state]}`}
        </span>
      </span>
      <time dateTime={alert.created_at} className="shrink-0 text-xs text-soft">
        {formatListTime(alert.created_at, labels, new Date())}
      </time>
    </li>
  );
}
