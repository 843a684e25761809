import { Eye, PencilLine } from "lucide-react";
import { useSpeech } from "../../lib/speech.ts";
import { useMembers } from "../../lib/use-members.ts";
import type { Viewer } from "./use-presence.ts";

/** Which colleagues look at this conversation too, and who of them writes. */
export function ViewersLine({ viewers }: { viewers: Viewer[] }) {
  const { words } = useSpeech();
  const { nameOfMember } = useMembers();
  if (viewers.length === 0) return null;
  const typing = viewers.filter((viewer) => viewer.isTyping);
  const shown = typing.length > 0 ? typing : viewers;
  const names = shown.slice(0, 3).map((viewer) => nameOfMember(viewer.userId)).join(", ");
  return (
    <p
      role="status"
      data-testid="viewers"
      className="flex items-center gap-2 border-t border-line bg-notice px-4 py-1 text-xs text-on-notice"
    >
      {typing.length > 0 ? <PencilLine size={13} aria-hidden="true" /> : <Eye size={13} aria-hidden="true" />}
      <span className="truncate">
        {typing.length > 0 ? words.conversation.typing(names) : words.conversation.viewing(names)}
      </span>
    </p>
  );
}
