import { Lightbulb } from "lucide-react";
import { useSpeech } from "../../lib/speech.ts";

/** An approved answer that fits, above the empty composer: a tap takes it into the draft, where it can be changed. */
export function SuggestedReply({ text, onTake }: { text: string; onTake: () => void }) {
  const { words } = useSpeech();
  return (
    <button
      type="button"
      data-testid="suggested-reply"
      onClick={onTake}
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
