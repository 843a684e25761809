import { Bot, Check, UserRound, X } from "lucide-react";
import { IconButton } from "@app/ui/mod.ts";
import { PanelPart } from "../../components/panel-part.tsx";
import type { Session } from "../../lib/records/session.ts";
import { useAllSpeech } from "../../words/later/use-later-words.ts";
import { useNow } from "../../lib/use-now.ts";
import { dueText } from "./due-text.ts";
import { type MadePromise, usePromises } from "./use-promises.ts";

/** What was promised to this contact and is not done: when it is due, who does it, and a tap that says it is done. */
export function PromisesPart({ session }: { session: Session }) {
  const { words } = useAllSpeech();
  const { waiting, settle } = usePromises(session.id);
  if (waiting.length === 0) return null;
  return (
    <PanelPart title={words.promises.title}>
      <ul className="space-y-2" data-testid="promises">
        {waiting.map((promise) => (
          <PromiseItem
            key={promise.id}
            promise={promise}
            onSettle={(status) => void settle(promise, status)}
          />
        ))}
      </ul>
    </PanelPart>
  );
}

function PromiseItem(
  { promise, onSettle }: { promise: MadePromise; onSettle: (status: "kept" | "cancelled") => void },
) {
  const { words, labels } = useAllSpeech();
  const now = useNow();
  const isLate = promise.status === "escalated" || Date.parse(promise.due_at) <= now;
  const Icon = promise.doer === "bot" ? Bot : UserRound;
  return (
    <li className="flex items-start gap-2" data-testid="open-promise">
      <Icon size={15} aria-hidden="true" className="mt-0.5 shrink-0 text-soft" />
      <span className="min-w-0 flex-1">
        <span className="block text-sm [overflow-wrap:anywhere]" dir="auto">{promise.content}</span>
        <span className={`block text-xs ${isLate ? "font-semibold text-danger" : "text-soft"}`}>
          <time dateTime={promise.due_at}>{dueText(promise.due_at, labels, new Date(now))}</time>
          {` · ${promise.doer === "bot" ? words.verbDialogs.botWrites : words.verbDialogs.personDoes}`}
        </span>
      </span>
      <IconButton label={words.promises.kept(promise.content)} onClick={() => onSettle("kept")}>
        <Check size={16} aria-hidden="true" />
      </IconButton>
      <IconButton label={words.promises.cancelled(promise.content)} onClick={() => onSettle("cancelled")}>
        <X size={16} aria-hidden="true" />
      </IconButton>
    </li>
  );
}
