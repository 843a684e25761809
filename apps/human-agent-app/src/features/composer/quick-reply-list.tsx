import { useSpeech } from "../../lib/speech.ts";
import type { QuickReply } from "./use-quick-replies.ts";

interface QuickReplyListProps {
  id: string;
  matches: QuickReply[];
  chosen: number;
  onChoose: (reply: QuickReply) => void;
}

/** The canned replies that fit, above the text: arrows move, Enter inserts. */
export function QuickReplyList({ id, matches, chosen, onChoose }: QuickReplyListProps) {
  const { words } = useSpeech();
  return (
    <div
      id={id}
      role="listbox"
      aria-label={words.composer.quickReplies}
      data-testid="quick-replies"
      className="absolute inset-x-2 bottom-full z-20 mb-2 max-h-72 animate-rise overflow-y-auto rounded-2xl border border-line bg-raised p-1.5 shadow-high"
    >
      {matches.length === 0 && <p className="px-3 py-2 text-sm text-soft">{words.composer.noQuickReplies}</p>}
      {matches.map((reply, index) => (
        <button
          key={reply.id}
          id={`${id}-${index}`}
          type="button"
          role="option"
          tabIndex={-1}
          aria-selected={index === chosen}
          // The text keeps the focus.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onChoose(reply)}
          className="block w-full rounded-xl px-3 py-2 text-start aria-selected:bg-accent-soft"
        >
          <bdi className="text-sm font-semibold text-accent">/{reply.shortcut}</bdi>
          <span className="line-clamp-2 text-sm text-soft" dir="auto">{reply.content}</span>
        </button>
      ))}
    </div>
  );
}
