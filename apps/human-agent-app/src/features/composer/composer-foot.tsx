import { Ban, CheckCircle2, Hand, MailX, TimerOff } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@app/ui/mod.ts";
import type { Session } from "../../lib/records/session.ts";
import { useSpeech } from "../../lib/speech.ts";
import type { ComposerState } from "./composer-state.ts";

interface ComposerFootProps {
  state: Exclude<ComposerState, "write">;
  session: Session;
  /** The way out of each state that has one. */
  onWayOut: () => void;
}

const ICONS: Record<ComposerFootProps["state"], ReactNode> = {
  take_over: <Hand size={18} />,
  window_closed: <TimerOff size={18} />,
  blocked: <Ban size={18} />,
  opted_out: <MailX size={18} />,
  resolved: <CheckCircle2 size={18} />,
};

/** In place of the composer where nothing can be written: why, and the way out. */
export function ComposerFoot({ state, session, onWayOut }: ComposerFootProps) {
  const { words } = useSpeech();
  const { text, action } = words.composer.states[state](session.holder);
  return (
    <div
      data-testid={`composer-${state}`}
      className="flex items-center gap-3 border-t border-line bg-surface px-4 pt-2.5 pb-[calc(env(safe-area-inset-bottom)+0.625rem)] text-sm"
    >
      <span aria-hidden="true" className="text-soft">{ICONS[state]}</span>
      <p className="min-w-0 flex-1 text-soft">{text}</p>
      {action && <Button look="solid" onClick={onWayOut} data-testid="way-out">{action}</Button>}
    </div>
  );
}
