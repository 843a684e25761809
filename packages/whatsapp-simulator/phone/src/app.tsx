import { useState } from "react";
import { useTheme } from "@app/ui/mod.ts";
import { ChatList } from "./chat-list/chat-list.tsx";
import { Conversation } from "./conversation/conversation.tsx";
import { NoConversation } from "./conversation/no-conversation.tsx";
import { PhoneFrame } from "./conversation/phone-frame.tsx";
import { ChatFacts } from "./conversation/chat-facts.tsx";
import { NewChatDialog } from "./dialogs/new-chat-dialog.tsx";
import { FaultsDialog } from "./faults/faults-dialog.tsx";
import { useFaults } from "./faults/use-faults.ts";
import { useLanguage } from "./i18n/use-language.ts";
import { openRoute, useRoute } from "./state/use-route.ts";
import { usePhone } from "./state/use-phone.ts";

/** The whole page: chats at the start side, the phone beside them; on a small screen one of the two. */
export function App() {
  const speech = useLanguage();
  const theme = useTheme();
  const phone = usePhone();
  const faults = useFaults(phone.state.connection);
  const route = useRoute();
  const [dialog, setDialog] = useState<"none" | "new-chat" | "faults">("none");
  const isEmpty = Object.keys(phone.state.chats).length === 0;

  return (
    <main className="grid h-full grid-cols-[minmax(0,1fr)] md:grid-cols-[minmax(17rem,22rem)_minmax(0,1fr)]">
      <h1 className="sr-only">{speech.words.title}</h1>
      <ChatList
        phone={phone}
        speech={speech}
        theme={theme}
        menu={{
          isHidden: route !== undefined,
          faultCount: faults.count,
          onNewChat: () => setDialog("new-chat"),
          onFaults: () => setDialog("faults"),
        }}
      />
      <div
        className={`stage min-h-0 min-w-0 items-center justify-center gap-10 md:flex md:p-6 ${
          route ? "flex" : "hidden"
        }`}
      >
        <PhoneFrame>
          {route
            ? (
              <Conversation
                key={`${route.customer}|${route.phoneNumberId}`}
                pair={route}
                phone={phone}
                speech={speech}
              />
            )
            : <NoConversation speech={speech} isEmpty={isEmpty} onNewChat={() => setDialog("new-chat")} />}
        </PhoneFrame>
        {route && <ChatFacts pair={route} state={phone.state} speech={speech} />}
      </div>
      {dialog === "new-chat" && (
        <NewChatDialog
          state={phone.state}
          words={speech.words}
          onClose={() => setDialog("none")}
          onOpen={(customer, pair) => {
            if (customer) phone.dispatch({ type: "customer", customer });
            setDialog("none");
            openRoute(pair);
          }}
        />
      )}
      {dialog === "faults" && (
        <FaultsDialog
          faults={faults}
          words={speech.words}
          onClose={() => setDialog("none")}
        />
      )}
    </main>
  );
}
