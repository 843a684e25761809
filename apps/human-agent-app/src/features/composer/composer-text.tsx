import { type RefObject, useId, useState } from "react";
import { useGrowingHeight } from "@app/ui/mod.ts";
import { later } from "../../components/later.tsx";
import { useSpeech } from "../../lib/speech.ts";
import { useComposerKeys } from "./use-composer-keys.ts";
import { fillReply, useQuickReplies } from "./use-quick-replies.ts";

const QuickReplyList = later({
  load: () => import("./quick-reply-list.tsx").then((module) => module.QuickReplyList),
  Waiting: () => null,
  isFirst: true,
});

/** Longest text that WhatsApp takes, and longest note. */
export const maxLength = 4096;

interface ComposerTextProps {
  input: RefObject<HTMLTextAreaElement | null>;
  draft: { text: string; write: (text: string) => void };
  contactName: string | null;
  mode: { isNote: boolean; onTyping: () => void; onFile: (file: File) => void };
  onSubmit: () => void;
}

/** The text: Enter sends, Shift+Enter breaks the line, a slash offers canned replies; near its end it counts down. */
export function ComposerText({ input, draft, contactName, mode, onSubmit }: ComposerTextProps) {
  const { words } = useSpeech();
  const id = useId();
  const [chosen, setChosen] = useState(0);
  const { matches, isAsked } = useQuickReplies(mode.isNote ? "" : draft.text);
  useGrowingHeight(input, draft.text);
  const left = maxLength - draft.text.length;
  const label = mode.isNote ? words.composer.writeNote : words.composer.write;

  function insert(index: number) {
    const reply = matches[index];
    if (reply) draft.write(fillReply(reply.content, contactName));
    setChosen(0);
    input.current?.focus();
  }
  const onKeyDown = useComposerKeys({ count: matches.length, chosen, setChosen, insert, submit: onSubmit });
  return (
    <div className="min-w-0 flex-1">
      {isAsked && (
        <QuickReplyList
          id={id}
          matches={matches}
          chosen={chosen}
          onChoose={(reply) => insert(matches.indexOf(reply))}
        />
      )}
      <div className="relative">
        <textarea
          ref={input}
          rows={1}
          dir="auto"
          value={draft.text}
          data-testid="composer"
          enterKeyHint="send"
          placeholder={label}
          aria-label={label}
          aria-describedby={left < 200 ? `${id}-left` : undefined}
          onChange={(event) => {
            draft.write(event.target.value);
            if (!mode.isNote) mode.onTyping();
          }}
          onKeyDown={onKeyDown}
          onPaste={(event) => {
            const [file] = event.clipboardData.files;
            if (file && !mode.isNote) mode.onFile(file);
          }}
          className="block max-h-40 min-h-10 w-full resize-none rounded-2xl border border-edge/60 bg-raised px-3.5 py-2 text-[0.9375rem] leading-snug placeholder:text-soft focus-visible:border-accent focus-visible:outline-1 focus-visible:outline-offset-0"
        />
        {left < 200 && (
          <span
            id={`${id}-left`}
            role="status"
            data-testid="letters-left"
            className={`absolute end-3 -top-6 rounded-md bg-raised px-1.5 text-xs tabular-nums shadow-low ${
              left < 0 ? "font-bold text-danger" : "text-soft"
            }`}
          >
            {words.composer.lettersLeft(left)}
          </span>
        )}
      </div>
    </div>
  );
}
