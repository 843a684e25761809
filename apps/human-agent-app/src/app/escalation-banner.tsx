import { HandHelping } from "lucide-react";
import { Banner } from "@app/ui/mod.ts";
import type { Session } from "../lib/records/session.ts";
import { useSpeech } from "../lib/speech.ts";

/** Why a person is wanted, above the conversation, until somebody has it. */
export function EscalationBanner({ session }: { session: Session }) {
  const { words } = useSpeech();
  if (session.status !== "open" || session.holder === "bot" || !session.escalation_reason) return null;
  // The engine writes reasons for the ledger; a code that both know is told in the agent's language.
  const reason = words.escalations[session.escalation_reason] ??
    words.escalations[session.escalation_category ?? ""] ?? session.escalation_reason;
  return (
    <Banner
      tone={session.escalation_urgency === "high" ? "danger" : "accent"}
      icon={<HandHelping size={17} />}
    >
      <span dir="auto">{reason}</span>
    </Banner>
  );
}
