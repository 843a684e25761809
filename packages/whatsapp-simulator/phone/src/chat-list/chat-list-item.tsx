import type { MouseEvent } from "react";
import { Avatar, DeliveryTicks, formatListTime } from "@app/ui/mod.ts";
import type { Speech } from "../i18n/use-language.ts";
import { toChatItem } from "../state/to-chat-item.ts";
import { useDraft } from "../state/use-drafts.ts";
import { openRoute, routeOf } from "../state/use-route.ts";
import type { ListedChat } from "./list-chats.ts";
import { previewOf } from "./preview-of.ts";

interface ChatListItemProps {
  chat: ListedChat;
  speech: Speech;
  isOpen: boolean;
}

/** One chat of the list: who, with whom, the newest words, when, and how many are unread. */
export function ChatListItem({ chat, speech, isOpen }: ChatListItemProps) {
  const { words, labels } = speech;
  const draft = useDraft(chat.key);
  const pair = { customer: chat.customer.id, phoneNumberId: chat.number.phone_number_id };
  const item = chat.last && toChatItem(chat.last);
  function onClick(event: MouseEvent) {
    // A new tab or window is the browser's business.
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    openRoute(pair);
  }
  return (
    <a
      href={routeOf(pair)}
      onClick={onClick}
      aria-current={isOpen ? "page" : undefined}
      data-testid="chat"
      className={`flex items-center gap-3 rounded-2xl px-3 py-2.5 transition-colors ${
        isOpen ? "bg-accent-soft" : "hover:bg-paper"
      }`}
    >
      <Avatar name={chat.customer.name} size={46} />
      <span className="min-w-0 flex-1">
        <span className="flex items-baseline gap-2">
          <strong className="min-w-0 flex-1 truncate text-[0.9375rem] font-semibold" dir="auto">
            {chat.customer.name}
          </strong>
          {item && (
            <time
              dateTime={item.at}
              className={`shrink-0 text-xs ${chat.unread > 0 ? "font-semibold text-unread" : "text-soft"}`}
            >
              {formatListTime(item.at, labels, new Date())}
            </time>
          )}
        </span>
        <span className="block truncate text-xs text-accent" dir="auto">{chat.number.name}</span>
        <span className="mt-0.5 flex items-center gap-1.5 text-sm text-soft">
          {draft === "" && item?.delivery && <DeliveryTicks delivery={item.delivery} labels={labels} />}
          <span
            className={`min-w-0 flex-1 truncate ${chat.unread > 0 ? "font-medium text-ink" : ""}`}
            dir="auto"
          >
            {draft === "" ? item ? previewOf(item.content, labels) : words.noMessages : (
              <>
                <em className="font-medium text-unread not-italic">{words.draft}:</em> {draft}
              </>
            )}
          </span>
          {chat.unread > 0 && (
            <span
              data-testid="unread"
              role="img"
              aria-label={words.unread(chat.unread)}
              className="grid h-5 min-w-5 shrink-0 place-items-center rounded-full bg-unread px-1.5 text-xs font-bold text-on-unread"
            >
              {chat.unread > 99 ? "99+" : chat.unread}
            </span>
          )}
        </span>
      </span>
    </a>
  );
}
