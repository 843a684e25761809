import { Paperclip, X } from "lucide-react";
import { IconButton } from "@app/ui/mod.ts";
import { useSpeech } from "../../lib/speech.ts";

/** A file that goes with the next message, above the text, which becomes its caption. */
export function AttachedBar({ file, onDrop }: { file: File; onDrop: () => void }) {
  const { words } = useSpeech();
  return (
    <div data-testid="attached" className="mx-1 mb-2 flex items-center gap-2 rounded-xl bg-ink/5 ps-3">
      <Paperclip size={16} aria-hidden="true" className="shrink-0 text-accent" />
      <p className="min-w-0 flex-1 truncate py-2 text-sm">
        <bdi className="font-medium">{file.name}</bdi>{" "}
        <span className="text-soft tabular-nums">{Math.max(1, Math.round(file.size / 1024))} KB</span>
      </p>
      <IconButton label={words.composer.dropFile} onClick={onDrop}>
        <X size={17} aria-hidden="true" />
      </IconButton>
    </div>
  );
}
