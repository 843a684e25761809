import { Lightbulb } from "lucide-react";
import type { Message } from "../../lib/records/message.ts";
import { useSpeech } from "../../lib/speech.ts";
import { useSuggestedReply } from "./use-suggested-reply.ts";

interface SuggestedReplyProps {
  /** What was said so far, newest last. */
  messages: Message[];
  /** The contact's. */
  language: string | null;
  onTake: (text: string) => void;
}

/**
 * An approved answer that fits what the contact said last, above the empty composer: a tap takes it into the draft, where it
 * can be changed. Nothing where none fits.
 */
export function SuggestedReply({ messages, language, onTake }: SuggestedReplyProps) {
  const { words } = useSpeech();
  const text = useSuggestedReply(messages, language);
  if (text === null) return null;
  return (
    <button
      type="button"
      data-testid="suggested-reply"
      onClick={() => onTake(text)}
      className="mx-1 mb-2 flex w-[calc(100%-0.5rem)] items-start gap-2 rounded-xl bg-accent-soft px-3 py-2 text-start text-sm hover:bg-accent-soft/70"
    >
      <Lightbulb size={16} aria-hidden="true" className="mt-0.5 shrink-0 text-accent" />
      <span className="min-w-0">
        <span className="block text-xs font-semibold text-accent">{words.composer.suggestion}</span>
        <span className="line-clamp-2" dir="auto">{text}</span>
      </span>
    </button>
  );
}
