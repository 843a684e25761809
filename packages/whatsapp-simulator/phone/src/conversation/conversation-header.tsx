import { ArrowLeft } from "lucide-react";
import { Avatar, IconButton } from "@app/ui/mod.ts";
import type { Speech } from "../i18n/use-language.ts";
import type { PhoneState } from "../state/phone-state.ts";
import { openRoute } from "../state/use-route.ts";
import type { Pair } from "../state/use-sending.ts";

interface ConversationHeaderProps {
  pair: Pair;
  state: PhoneState;
  speech: Speech;
  isTyping: boolean;
}

/** With whom one speaks, whether they are typing, and who one is. */
export function ConversationHeader({ pair, state, speech, isTyping }: ConversationHeaderProps) {
  const { words, labels } = speech;
  const number = state.numbers.find((each) => each.phone_number_id === pair.phoneNumberId);
  const customer = state.customers[pair.customer];
  const business = number?.name ?? pair.phoneNumberId;
  const person = customer?.name ?? pair.customer;
  return (
    <header className="flex items-center gap-2.5 border-b border-line bg-surface py-2 ps-2 pe-4 md:ps-4">
      <IconButton label={words.back} onClick={() => openRoute()} className="md:hidden" data-testid="back">
        <ArrowLeft size={21} className="rtl:-scale-x-100" />
      </IconButton>
      <Avatar name={business} size={40} />
      <div className="min-w-0 flex-1">
        <h2 className="truncate leading-tight font-semibold" dir="auto">{business}</h2>
        <p
          className={`truncate text-xs ${isTyping ? "font-medium text-accent" : "text-soft"}`}
          data-testid="subtitle"
        >
          {isTyping ? labels.typing : number?.display_phone_number ?? ""}
        </p>
      </div>
      <p
        className="max-w-[42%] truncate rounded-full bg-accent-soft px-2.5 py-1 text-xs font-medium text-accent"
        title={words.youAre(person)}
      >
        <span className="sr-only">{words.youAre(person)}</span>
        <span aria-hidden="true" dir="auto">{words.you} · {person}</span>
      </p>
    </header>
  );
}
