import { SendHorizontal, Trash2 } from "lucide-react";
import { useEffect, useState } from "react";
import { IconButton } from "../icon-button.tsx";
import type { ChatLabels } from "../labels/chat-labels.ts";
import { formatLength } from "./format-time.ts";
import type { VoiceRecorder } from "./use-voice-recorder.ts";

/** In place of the composer while the microphone is open. */
export function VoiceRecording({ recorder, labels }: { recorder: VoiceRecorder; labels: ChatLabels }) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(timer);
  }, []);
  return (
    <div
      className="flex items-center gap-2 border-t border-line bg-surface px-2 py-2"
      data-testid="recording"
    >
      <IconButton label={labels.cancelRecording} onClick={recorder.discard}>
        <Trash2 size={19} />
      </IconButton>
      <p className="flex flex-1 items-center gap-2 text-sm text-soft" role="status">
        <span aria-hidden="true" className="size-2.5 animate-pulse rounded-full bg-unread" />
        {labels.recording}
        <span aria-hidden="true" className="ms-auto me-1 tabular-nums text-ink">
          {formatLength((now - recorder.startedAt) / 1000)}
        </span>
      </p>
      <IconButton
        label={labels.stopAndSend}
        onClick={recorder.finish}
        autoFocus
        tone="solid"
      >
        <SendHorizontal size={19} />
      </IconButton>
    </div>
  );
}
