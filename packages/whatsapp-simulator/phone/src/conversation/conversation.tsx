import { useEffect, useState } from "react";
import { ChatView } from "@app/ui/mod.ts";
import { MoreDialog } from "../dialogs/more-dialog.tsx";
import { deedsOf } from "../state/deeds.ts";
import { LocationDialog } from "../dialogs/location-dialog.tsx";
import type { Speech } from "../i18n/use-language.ts";
import { chatKey } from "../state/phone-model.ts";
import { isShown, toChatItem } from "../state/to-chat-item.ts";
import type { Phone } from "../state/use-phone.ts";
import { openRoute } from "../state/use-route.ts";
import type { Pair } from "../state/use-sending.ts";
import { ConversationHeader } from "./conversation-header.tsx";
import { DraftComposer } from "./draft-composer.tsx";
import { LostBanner } from "./lost-banner.tsx";
import { useEscape } from "./use-escape.ts";
import { useReading } from "./use-reading.ts";
import { useTyping } from "./use-typing.ts";

interface ConversationProps {
  pair: Pair;
  phone: Phone;
  speech: Speech;
}

/** One chat as the customer's phone shows it. */
export function Conversation({ pair, phone, speech }: ConversationProps) {
  const key = chatKey(pair.customer, pair.phoneNumberId);
  const chat = phone.state.chats[key];
  const [isLocating, setIsLocating] = useState(false);
  const [hasMore, setHasMore] = useState(false);
  const isTyping = useTyping(chat?.typingUntil ?? 0);
  const isOnline = phone.state.connection === "online";
  const number = phone.state.numbers.find((each) => each.phone_number_id === pair.phoneNumberId);
  const business = number?.name ?? pair.phoneNumberId;
  const isLoaded = chat?.isLoaded ?? false;

  useEffect(() => {
    if (isOnline && !isLoaded) phone.load(pair.customer, pair.phoneNumberId);
    // The functions of `phone` are made anew with every render; what they reach is the same.
  }, [isOnline, isLoaded, key]);
  useReading(chat, phone.read);
  useEscape(() => openRoute());

  return (
    <section className="flex min-h-0 flex-1 flex-col" data-testid="conversation">
      <ConversationHeader
        business={business}
        person={phone.state.customers[pair.customer]?.name ?? pair.customer}
        isTyping={isTyping}
        speech={speech}
        onMore={() => setHasMore(true)}
      />
      {phone.state.connection === "lost" && <LostBanner words={speech.words} onRetry={phone.reconnect} />}
      <ChatView
        chat={{
          id: key,
          items: (chat?.messages ?? []).filter(isShown).map(toChatItem),
          isTyping,
          ...(isLoaded && { emptyText: speech.words.greet(business) }),
        }}
        labels={speech.labels}
        actions={{
          onTap: (item, button) =>
            phone.sendTap(pair, {
              ...button,
              kind: item.content.kind === "list" ? "list" : "button",
              replyTo: item.id,
            }),
          onSendAgain: (item) => phone.sendAgain(item.id),
          onPlayed: (item) => item.side === "other" && chat && phone.read(chat, item.id),
        }}
      />
      <DraftComposer
        chat={key}
        pair={pair}
        phone={phone}
        labels={speech.labels}
        onLocation={() => setIsLocating(true)}
      />
      {hasMore && (
        <MoreDialog
          chat={chat}
          deeds={deedsOf(pair)}
          words={speech.words}
          onClose={() => setHasMore(false)}
        />
      )}
      {isLocating && (
        <LocationDialog
          words={speech.words}
          onClose={() => setIsLocating(false)}
          onSend={(place) => {
            setIsLocating(false);
            phone.sendLocation(pair, place);
          }}
        />
      )}
    </section>
  );
}
