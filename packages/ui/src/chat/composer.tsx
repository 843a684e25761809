import { Mic, SendHorizontal } from "lucide-react";
import { type KeyboardEvent, useRef } from "react";
import { IconButton } from "../icon-button.tsx";
import type { ChatLabels } from "../labels/chat-labels.ts";
import { AttachMenu } from "./attach-menu.tsx";
import type { ComposerActions } from "./composer-actions.ts";
import { useGrowingHeight } from "./use-growing-height.ts";
import { useVoiceRecorder } from "./use-voice-recorder.ts";
import { VoiceRecording } from "./voice-recording.tsx";

interface ComposerProps {
  draft: string;
  labels: ChatLabels;
  actions: ComposerActions;
  maxLength: number;
}

/** Where one writes: Enter sends, Shift+Enter breaks the line; beside it pictures, files, location and voice. */
export function Composer({ draft, labels, actions, maxLength }: ComposerProps) {
  const input = useRef<HTMLTextAreaElement>(null);
  const recorder = useVoiceRecorder((file) => actions.onFile("audio", file, true));
  useGrowingHeight(input, draft);

  function send() {
    const text = draft.trim();
    if (text === "") return;
    actions.onSend(text);
    input.current?.focus();
  }
  function onKeyDown(event: KeyboardEvent) {
    // While letters are being composed (Japanese, accents), Enter belongs to the keyboard.
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  }
  if (recorder.state === "recording") return <VoiceRecording recorder={recorder} labels={labels} />;
  return (
    <form
      className="relative flex items-end gap-1 border-t border-line bg-surface px-2 py-2"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <AttachMenu
        labels={labels}
        onFile={(kind, file) => actions.onFile(kind, file, false)}
        onLocation={actions.onLocation}
      />
      <textarea
        ref={input}
        rows={1}
        dir="auto"
        value={draft}
        maxLength={maxLength}
        placeholder={labels.write}
        aria-label={labels.write}
        data-testid="composer"
        onChange={(event) => actions.onDraft(event.target.value)}
        onKeyDown={onKeyDown}
        className="max-h-32 min-h-10 flex-1 resize-none rounded-2xl border border-edge/60 bg-raised px-3.5 py-2 text-[0.9375rem] leading-snug placeholder:text-soft focus-visible:border-accent focus-visible:outline-1 focus-visible:outline-offset-0"
      />
      {draft.trim() === ""
        ? (
          <IconButton label={labels.record} onClick={recorder.start} data-testid="record">
            <Mic size={20} />
          </IconButton>
        )
        : (
          <IconButton
            label={labels.send}
            type="submit"
            data-testid="send"
            tone="solid"
          >
            <SendHorizontal size={19} className="rtl:-scale-x-100" />
          </IconButton>
        )}
      {recorder.state === "refused" && (
        <p
          role="alert"
          className="absolute inset-x-3 bottom-full mb-2 rounded-xl bg-notice px-3 py-2 text-sm text-on-notice shadow-low"
        >
          {labels.microphoneRefused}
        </p>
      )}
    </form>
  );
}
