import { AlertsPart } from "../features/alerts/alerts-part.tsx";
import { ContactPanel } from "../features/contact/contact-panel.tsx";
import { PromisesPart } from "../features/promises/promises-part.tsx";
import type { Session } from "../lib/records/session.ts";

/** Everything about the person beside a conversation: who they are, what they were promised, who was told of them. */
export function PersonPanel({ session, onClose }: { session: Session; onClose: () => void }) {
  return (
    <ContactPanel session={session} onClose={onClose}>
      <PromisesPart session={session} />
      <AlertsPart session={session} />
    </ContactPanel>
  );
}
