import { MessageCirclePlus, TriangleAlert, WifiOff } from "lucide-react";
import { IconButton } from "@app/ui/mod.ts";
import type { Words } from "../i18n/words.ts";
import type { PhoneState } from "../state/phone-model.ts";

interface ListHeaderProps {
  words: Words;
  connection: PhoneState["connection"];
  onRetry: () => void;
  menu: { faultCount: number; onNewChat: () => void; onFaults: () => void };
}

/** Title, the two things one does here, and what is wrong at the moment. */
export function ListHeader({ words, connection, onRetry, menu }: ListHeaderProps) {
  return (
    <>
      <header className="flex items-center gap-1 ps-5 pe-3 pt-4 pb-3">
        <h2 className="flex-1 text-xl font-bold tracking-tight">{words.chats}</h2>
        <IconButton
          label={menu.faultCount > 0
            ? `${words.faults}: ${words.faultsActive(menu.faultCount)}`
            : words.faults}
          onClick={menu.onFaults}
          data-testid="open-faults"
          tone={menu.faultCount > 0 ? "notice" : "plain"}
        >
          <TriangleAlert size={19} />
        </IconButton>
        <IconButton
          label={words.newChat}
          onClick={menu.onNewChat}
          data-testid="new-chat"
          tone="solid"
        >
          <MessageCirclePlus size={19} />
        </IconButton>
      </header>
      {connection === "lost" && (
        <div
          role="alert"
          data-testid="connection-lost"
          className="mx-4 mb-3 flex items-center gap-2 rounded-2xl bg-danger-soft py-2 ps-3 pe-2 text-sm text-danger"
        >
          <WifiOff size={16} aria-hidden="true" className="shrink-0" />
          <span className="flex-1">{words.lost}</span>
          <button
            type="button"
            onClick={onRetry}
            className="rounded-lg px-2 py-1.5 font-semibold hover:underline"
          >
            {words.retry}
          </button>
        </div>
      )}
    </>
  );
}
