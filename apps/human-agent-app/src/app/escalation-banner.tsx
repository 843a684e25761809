import { HandHelping } from "lucide-react";
import { Banner } from "@app/ui/mod.ts";
import { explainEscalation } from "../components/explain-escalation.ts";
import type { Session } from "../lib/records/session.ts";
import { useSpeech } from "../lib/speech.ts";

/** Why a person is wanted, above the conversation, until somebody has it. */
export function EscalationBanner({ session }: { session: Session }) {
  const { words } = useSpeech();
  const reason = explainEscalation(session, words);
  if (session.status !== "open" || session.holder === "bot" || !reason) return null;
  return (
    <Banner
      tone={session.escalation_urgency === "high" ? "danger" : "accent"}
      icon={<HandHelping size={17} />}
    >
      <span dir="auto">{reason}</span>
    </Banner>
  );
}
