import { Mic, SendHorizontal, StickyNote } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { IconButton, showToast, tellPartIsMissing, useVoiceRecorder } from "@app/ui/mod.ts";
import { later } from "../../components/later.tsx";
import type { Message } from "../../lib/records/message.ts";
import type { Session } from "../../lib/records/session.ts";
import { useSpeech } from "../../lib/speech.ts";
import { AttachButton } from "./attach-button.tsx";
import { ComposerText, maxLength } from "./composer-text.tsx";
import { EmojiButton } from "./emoji-button.tsx";
import { canCaption, fileProblem } from "./outgoing-file.ts";
import type { Send } from "./use-send.ts";

const AttachedBar = later({
  load: () => import("./attached-bar.tsx").then((module) => module.AttachedBar),
  Waiting: () => null,
  isFirst: true,
});
const QuotedBar = later({
  load: () => import("./quoted-bar.tsx").then((module) => module.QuotedBar),
  Waiting: () => null,
  isFirst: true,
});
const Recording = later({
  load: () => import("./recording.tsx").then((module) => module.Recording),
  Waiting: ({ problem }) => problem ?? null,
  isFirst: true,
});
const EmojiPicker = later<{ onPick: (emoji: string) => void }>({
  load: () => import("./emoji-picker.tsx").then((module) => module.EmojiPicker),
  Waiting: () => <EmojiButton />,
  when: "after first screen",
  isFirst: true,
});
const SuggestedReply = later({
  load: () => import("./suggested-reply.tsx").then((module) => module.SuggestedReply),
  Waiting: () => null,
  when: "after first screen",
  isFirst: true,
});

interface AgentComposerProps {
  session: Session;
  draft: {
    text: string;
    write: (text: string) => void;
    file: File | null;
    hold: (file: File | null) => void;
  };
  send: Send;
  note: { isOn: boolean; toggle: () => void; save: (text: string) => void };
  onTyping: () => void;
  /** The message that the next words answer. */
  quoted: { message: Message | null; drop: () => void };
  /** What was said so far, newest last. */
  messages: Message[];
}

/** The second tap of a double tap comes within this; it must not land on the microphone that takes the button's place. */
const doubleTapMs = 700;

/** Where an agent writes: to the contact, or a note to colleagues. */
export function AgentComposer(
  { session, draft, send, note, onTyping, quoted, messages }: AgentComposerProps,
) {
  const { words, labels } = useSpeech();
  const input = useRef<HTMLTextAreaElement>(null);
  const recorder = useVoiceRecorder((file) => void attach(file, true));
  const isTooLong = draft.text.length > maxLength;
  const [sentAt, setSentAt] = useState(0);
  useEffect(() => {
    if (sentAt === 0) return;
    const timer = setTimeout(() => setSentAt(0), doubleTapMs);
    return () => clearTimeout(timer);
  }, [sentAt]);

  async function attach(file: File, isVoice = false) {
    const part = await import("./is-what-it-says.ts").catch(() => null);
    if (!part) return tellPartIsMissing();
    const problem = fileProblem(file) ?? (await part.isWhatItSays(file) ? null : "file_wrong_type");
    if (problem) {
      return showToast({ text: words.refusals?.[problem] ?? words.errors.invalid.text, isError: true });
    }
    if (isVoice) send.file(file, "", true);
    else draft.hold(file);
  }
  function submit() {
    const text = draft.text.trim();
    const file = note.isOn ? null : draft.file;
    if ((text === "" && !file) || isTooLong) return;
    if (note.isOn) note.save(text);
    else if (file) sendFile(file, text);
    else if (!send.text(text, quoted.message?.id)) return;
    if (!note.isOn) quoted.drop();
    draft.write("");
    setSentAt(Date.now());
    input.current?.focus();
  }
  function sendFile(file: File, text: string) {
    const isCaption = canCaption(file, text);
    send.file(file, isCaption ? text : "", false, quoted.message?.id);
    if (!isCaption && text !== "") send.text(text);
    draft.hold(null);
  }
  if (recorder.state === "recording") return <Recording recorder={recorder} />;
  return (
    <form
      data-testid="agent-composer"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      className={`safe-bottom relative border-t border-line px-2 pt-2 ${
        note.isOn ? "bg-notice" : "bg-surface"
      }`}
    >
      {recorder.state === "refused" && (
        <p role="alert" className="mx-1 mb-2 rounded-xl bg-notice px-3 py-2 text-sm text-on-notice">
          {labels.microphoneRefused}
        </p>
      )}
      {quoted.message && !note.isOn && <QuotedBar message={quoted.message} onDrop={quoted.drop} />}
      {draft.file && !note.isOn && <AttachedBar file={draft.file} onDrop={() => draft.hold(null)} />}
      {draft.text === "" && !draft.file && !note.isOn && (
        <SuggestedReply
          messages={messages}
          language={session.language}
          onTake={(text) => {
            draft.write(text);
            input.current?.focus();
          }}
        />
      )}
      <div className="flex items-end gap-0.5 pb-2">
        <AttachButton onFile={(file) => void attach(file)} isDisabled={note.isOn} />
        <EmojiPicker onPick={(emoji) => draft.write(draft.text + emoji)} />
        <IconButton
          label={note.isOn ? words.composer.noteOff : words.composer.noteOn}
          aria-pressed={note.isOn}
          tone={note.isOn ? "solid" : "plain"}
          data-testid="note"
          onClick={note.toggle}
        >
          <StickyNote size={20} aria-hidden="true" />
        </IconButton>
        <ComposerText
          input={input}
          draft={draft}
          contactName={session.contact_name}
          mode={{ isNote: note.isOn, onTyping, onFile: (file) => void attach(file) }}
          onSubmit={submit}
        />
        {draft.text.trim() === "" && !draft.file && !note.isOn && sentAt === 0
          ? (
            <IconButton label={labels.record} onClick={recorder.start} data-testid="record">
              <Mic size={20} aria-hidden="true" />
            </IconButton>
          )
          : (
            <IconButton
              label={note.isOn ? words.composer.saveNote : labels.send}
              type="submit"
              data-testid="send"
              tone="solid"
              disabled={isTooLong}
            >
              <SendHorizontal size={19} aria-hidden="true" className="rtl:-scale-x-100" />
            </IconButton>
          )}
      </div>
    </form>
  );
}
