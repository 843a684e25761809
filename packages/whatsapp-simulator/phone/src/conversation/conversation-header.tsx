import { ArrowLeft, EllipsisVertical } from "lucide-react";
import { Avatar, IconButton } from "@app/ui/mod.ts";
import type { Speech } from "../i18n/use-language.ts";
import { openRoute } from "../state/use-route.ts";

interface ConversationHeaderProps {
  /** The name of the business. */
  business: string;
  /** The name of the customer whom one plays. */
  person: string;
  isTyping: boolean;
  speech: Speech;
  onMore: () => void;
}

/** With whom one speaks, whether they are typing, and who one is. */
export function ConversationHeader({ business, person, isTyping, speech, onMore }: ConversationHeaderProps) {
  const { words, labels } = speech;
  return (
    <header className="flex items-center gap-2.5 border-b border-line bg-surface py-2.5 ps-2 pe-4 md:ps-4 md:pt-1">
      <IconButton label={words.back} onClick={() => openRoute()} className="md:hidden" data-testid="back">
        <ArrowLeft size={21} className="rtl:-scale-x-100" />
      </IconButton>
      <Avatar name={business} size={40} />
      <div className="min-w-0 flex-1">
        <h2 className="truncate leading-tight font-semibold" dir="auto">{business}</h2>
        <p
          className={`truncate text-xs leading-relaxed ${isTyping ? "font-medium text-accent" : "text-soft"}`}
          data-testid="subtitle"
        >
          {isTyping ? labels.typing : words.youAre(person)}
        </p>
      </div>
      <IconButton label={words.more.title} onClick={onMore} data-testid="open-more">
        <EllipsisVertical size={20} />
      </IconButton>
    </header>
  );
}
