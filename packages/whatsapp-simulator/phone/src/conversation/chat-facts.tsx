import type { ReactNode } from "react";
import { Avatar } from "@app/ui/mod.ts";
import type { Speech } from "../i18n/use-language.ts";
import { chatKey, type PhoneState } from "../state/phone-model.ts";
import type { Pair } from "../state/use-sending.ts";

const WINDOW_MS = 24 * 60 * 60 * 1000;

/** Beside the phone, where there is room: who one is here, and how long the business may answer freely. */
export function ChatFacts({ pair, state, speech }: { pair: Pair; state: PhoneState; speech: Speech }) {
  const { words, labels } = speech;
  const customer = state.customers[pair.customer];
  const number = state.numbers.find((each) => each.phone_number_id === pair.phoneNumberId);
  const written = state.chats[chatKey(pair.customer, pair.phoneNumberId)]?.messages
    .findLast((message) => message.direction === "inbound");
  const closesAt = written ? Date.parse(written.at) + WINDOW_MS : 0;
  if (!customer) return null;
  return (
    <aside className="hidden w-64 flex-col gap-5 xl:flex" data-testid="facts">
      <div className="flex items-center gap-3">
        <Avatar name={customer.name} size={52} />
        <p className="min-w-0 text-lg leading-tight font-semibold [overflow-wrap:anywhere]" dir="auto">
          {words.youAre(customer.name)}
        </p>
      </div>
      <dl className="flex flex-col gap-4 text-sm">
        {customer.phone && <Fact name={words.facts.phone}>+{customer.phone}</Fact>}
        <Fact name={words.facts.userId}>{customer.bsuid}</Fact>
        <Fact name={words.facts.speaksWith}>
          {number ? `${number.name}, ${number.display_phone_number}` : pair.phoneNumberId}
        </Fact>
        <Fact name={words.facts.window}>
          {closesAt > Date.now()
            ? words.facts.windowOpen(clockOf(closesAt, labels.locale))
            : words.facts.windowClosed}
        </Fact>
      </dl>
    </aside>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-xs text-soft">{name}</dt>
      <dd className="font-medium [overflow-wrap:anywhere]" dir="auto">{children}</dd>
    </div>
  );
}

function clockOf(milliseconds: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, {
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  })
    .format(milliseconds);
}
