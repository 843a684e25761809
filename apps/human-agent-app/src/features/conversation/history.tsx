import { MessageCircleDashed } from "lucide-react";
import { useCallback, useMemo, useState } from "react";
import { ChatHistory, type ChatItem, StateMessage } from "@app/ui/mod.ts";
import { HistorySkeleton } from "../../components/history-skeleton.tsx";
import { laterDialog } from "../../components/later.tsx";
import { LoadError } from "../../components/load-error.tsx";
import { useDesk } from "../../lib/desk.ts";
import { useFirstScreen } from "../../lib/first-screen.ts";
import { useOutbox } from "../../lib/outbox/outbox-store.ts";
import type { Message } from "../../lib/records/message.ts";
import { nameOf, type Session } from "../../lib/records/session.ts";
import { useIsWaiting } from "../../lib/use-in-pieces.ts";
import { useSpeech } from "../../lib/speech.ts";
import { useMembers } from "../../lib/use-members.ts";
import { toChatItems } from "./to-chat-items.ts";
import { useFileUrls } from "./use-file-urls.ts";
import type { useMessages } from "./use-messages.ts";

const TurnDetails = laterDialog(() => import("./turn-details.tsx").then((module) => module.TurnDetails));

interface HistoryProps {
  session: Session;
  loaded: ReturnType<typeof useMessages>;
  /** What is done about a message that did not leave. */
  onProblem: (messageId: string) => void;
  /** Absent where nothing can be said. */
  answers?: {
    onReply: (message: Message) => void;
    onReact: (message: Message, emoji: string | null) => void;
  };
}

/** Everything said in a conversation, and what waits on this device to be said. */
export function History({ session, loaded, onProblem, answers }: HistoryProps) {
  const { words, labels } = useSpeech();
  const { userId } = useDesk();
  const { nameOfMember } = useMembers();
  const messages = useMemo(() => loaded.query.data?.messages ?? [], [loaded.query.data]);
  const outbox = useOutbox();
  const urls = useFileUrls(messages);
  const [turnId, setTurnId] = useState<string | null>(null);
  const items = useMemo(
    () =>
      toChatItems(
        messages,
        outbox.filter((entry) => entry.sessionId === session.id && entry.userId === userId),
        {
          words,
          contactName: nameOf(session, words.unknownContact),
          nameOfMember,
          urls,
        },
      ),
    [messages, outbox, session, words, urls, userId, nameOfMember],
  );
  const onDetails = useCallback(
    (item: ChatItem) => setTurnId(messages.find((message) => message.id === item.id)?.turn_id ?? null),
    [messages],
  );
  const actions = useMemo(
    () => {
      const found = (item: ChatItem) => messages.find((message) => message.id === item.id);
      return {
        onDetails,
        onSendAgain: (item: ChatItem) => onProblem(item.id),
        ...(answers && {
          onReply(item: ChatItem) {
            const message = found(item);
            if (message) answers.onReply(message);
          },
          onReact(item: ChatItem, emoji: string | null) {
            const message = found(item);
            if (message) answers.onReact(message, emoji);
          },
        }),
      };
    },
    [onDetails, onProblem, messages, answers],
  );
  const isWaiting = useIsWaiting(loaded.query);
  useFirstScreen(!isWaiting && (items.length > 0 || !loaded.query.isFetching));
  if (isWaiting) return <HistorySkeleton />;
  const { data } = loaded.query;
  if (data && items.length === 0) {
    return (
      <StateMessage
        icon={<MessageCircleDashed size={26} />}
        title={words.conversation.empty.title}
        text={words.conversation.empty.text}
      />
    );
  }
  return (
    <>
      {!data && <LoadError query={loaded.query} />}
      {/* What was written here and waits is shown also where nothing that was said before could be read. */}
      {items.length > 0 && (
        <ChatHistory
          data={{
            items,
            hasEarlier: data?.hasEarlier ?? false,
            isLoadingEarlier: loaded.isLoadingEarlier,
            onEarlier: () => void loaded.loadEarlier(),
          }}
          labels={labels}
          actions={actions}
        />
      )}
      {turnId && <TurnDetails turnId={turnId} onClose={() => setTurnId(null)} />}
    </>
  );
}
