import { MessagesSquare } from "lucide-react";
import type { Speech } from "../i18n/use-language.ts";

/** The phone when no chat is open. */
export function NoConversation(
  { speech, isEmpty, onNewChat }: { speech: Speech; isEmpty: boolean; onNewChat: () => void },
) {
  const { words } = speech;
  return (
    <section
      className="chat-ground flex h-full flex-col items-center justify-center gap-2 p-8 text-center"
      data-testid="empty"
    >
      <span
        aria-hidden="true"
        className="mb-3 grid size-20 place-items-center rounded-[1.75rem] bg-accent-soft text-accent"
      >
        <MessagesSquare size={36} strokeWidth={1.6} />
      </span>
      <h2 className="text-xl font-semibold">{isEmpty ? words.emptyTitle : words.chooseChat}</h2>
      <p className="max-w-64 text-soft">{isEmpty ? words.emptyText : words.chooseChatText}</p>
      <button
        type="button"
        onClick={onNewChat}
        className="mt-4 min-h-11 rounded-full bg-accent px-6 font-semibold text-on-accent shadow-low"
      >
        {words.newChat}
      </button>
    </section>
  );
}
