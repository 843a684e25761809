import { Paperclip } from "lucide-react";
import { useRef } from "react";
import { IconButton } from "@app/ui/mod.ts";
import { useSpeech } from "../../lib/speech.ts";

/** Picks a file; what it is sent as follows from what it is. */
export function AttachButton({ onFile, isDisabled }: { onFile: (file: File) => void; isDisabled: boolean }) {
  const { labels } = useSpeech();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <IconButton
        label={labels.attach}
        data-testid="attach"
        disabled={isDisabled}
        onClick={() => input.current?.click()}
      >
        <Paperclip size={20} aria-hidden="true" />
      </IconButton>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={labels.attach}
        data-testid="pick-file"
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          event.target.value = "";
          if (file) onFile(file);
        }}
      />
    </>
  );
}
