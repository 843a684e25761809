import { Search } from "lucide-react";
import { useState } from "react";
import type { useTheme } from "@app/ui/mod.ts";
import type { Speech } from "../i18n/use-language.ts";
import type { Phone } from "../state/use-phone.ts";
import { useRoute } from "../state/use-route.ts";
import { ChatListItem } from "./chat-list-item.tsx";
import { ListFooter } from "./list-footer.tsx";
import { ListHeader } from "./list-header.tsx";
import { listChats } from "./list-chats.ts";

interface ChatListProps {
  phone: Phone;
  speech: Speech;
  theme: ReturnType<typeof useTheme>;
  menu: { isHidden: boolean; faultCount: number; onNewChat: () => void; onFaults: () => void };
}

/** All chats, of all customers with all numbers, with search. */
export function ChatList({ phone, speech, theme, menu }: ChatListProps) {
  const [search, setSearch] = useState("");
  const route = useRoute();
  const { words } = speech;
  const chats = listChats(phone.state, search);
  const isEmpty = Object.keys(phone.state.chats).length === 0;
  return (
    <nav
      aria-label={words.chats}
      className={`min-h-0 flex-col border-line bg-surface md:flex md:border-e ${
        menu.isHidden ? "hidden" : "flex"
      }`}
    >
      <ListHeader words={words} connection={phone.state.connection} onRetry={phone.reconnect} menu={menu} />
      <label className="relative mx-4 mb-2 block">
        <span className="sr-only">{words.search}</span>
        <Search
          size={17}
          aria-hidden="true"
          className="pointer-events-none absolute inset-y-0 start-3.5 my-auto text-soft"
        />
        <input
          type="search"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          placeholder={words.search}
          data-testid="search"
          className="h-10 w-full rounded-full border border-line bg-paper ps-10 pe-4 text-sm placeholder:text-soft"
        />
      </label>
      <ul data-testid="chat-list" className="min-h-0 flex-1 overflow-y-auto px-2 pb-2">
        {chats.map((chat) => (
          <li key={chat.key}>
            <ChatListItem
              chat={chat}
              speech={speech}
              isOpen={route?.customer === chat.customer.id &&
                route.phoneNumberId === chat.number.phone_number_id}
            />
          </li>
        ))}
        {chats.length === 0 && search !== "" && (
          <p className="px-4 py-8 text-center text-sm text-soft">{words.nothingFound}</p>
        )}
        {isEmpty && search === "" && (
          <div className="px-5 py-16 text-center md:hidden">
            <p className="text-lg font-semibold">{words.emptyTitle}</p>
            <p className="mt-1 text-sm text-soft">{words.emptyText}</p>
            <button
              type="button"
              onClick={menu.onNewChat}
              className="mt-5 min-h-11 rounded-full bg-accent px-6 font-semibold text-on-accent shadow-low"
            >
              {words.newChat}
            </button>
          </div>
        )}
      </ul>
      <ListFooter speech={speech} theme={theme} />
    </nav>
  );
}
