import { type ChatLabels, Composer } from "@app/ui/mod.ts";
import { keepDraft, useDraft } from "../state/use-drafts.ts";
import type { Phone } from "../state/use-phone.ts";
import type { Pair } from "../state/use-sending.ts";

/** What a person may write in one message; the platform's own limit for a business. */
const MAX_LENGTH = 4096;

interface DraftComposerProps {
  chat: string;
  pair: Pair;
  phone: Phone;
  labels: ChatLabels;
  onLocation: () => void;
}

/** The composer with its draft, apart from the messages, so that writing does not draw them anew. */
export function DraftComposer({ chat, pair, phone, labels, onLocation }: DraftComposerProps) {
  const draft = useDraft(chat);
  return (
    <Composer
      draft={draft}
      labels={labels}
      maxLength={MAX_LENGTH}
      actions={{
        onDraft: (text) => keepDraft(chat, text),
        onSend: (text) => {
          phone.sendText(pair, text);
          keepDraft(chat, "");
        },
        onFile: (kind, file, isVoice) => phone.sendFile(pair, kind, file, isVoice),
        onLocation,
      }}
    />
  );
}
