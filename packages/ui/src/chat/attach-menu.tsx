import { AudioLines, FileText, Image, MapPin, Plus } from "lucide-react";
import { type ReactNode, useRef, useState } from "react";
import { IconButton } from "../icon-button.tsx";
import type { ChatLabels } from "../labels/chat-labels.ts";
import type { FileKind } from "./composer-actions.ts";
import { useClosing } from "./use-closing.ts";

const ACCEPT: Record<FileKind, string> = { image: "image/jpeg,image/png", audio: "audio/*", document: "" };

interface AttachMenuProps {
  labels: ChatLabels;
  onFile: (kind: FileKind, file: File) => void;
  onLocation: () => void;
}

/** What can be sent besides words. */
export function AttachMenu({ labels, onFile, onLocation }: AttachMenuProps) {
  const [isOpen, setIsOpen] = useState(false);
  const menu = useRef<HTMLDivElement>(null);
  useClosing(menu, isOpen, () => setIsOpen(false));

  function picked(kind: FileKind, file: File | undefined) {
    setIsOpen(false);
    if (file) onFile(kind, file);
  }
  return (
    <div ref={menu} className="relative">
      <IconButton
        label={labels.attach}
        aria-expanded={isOpen}
        data-testid="attach"
        onClick={() => setIsOpen(!isOpen)}
      >
        <Plus size={22} className={`transition-transform ${isOpen ? "rotate-45" : ""}`} />
      </IconButton>
      {isOpen && (
        <div className="absolute start-0 bottom-full z-20 mb-3 flex w-44 animate-rise flex-col rounded-2xl bg-raised p-1.5 shadow-high">
          <FileItem kind="image" label={labels.picture} onPick={picked} icon={<Image size={18} />} />
          <FileItem kind="audio" label={labels.audioFile} onPick={picked} icon={<AudioLines size={18} />} />
          <FileItem kind="document" label={labels.document} onPick={picked} icon={<FileText size={18} />} />
          <button
            type="button"
            className={ITEM}
            onClick={() => {
              setIsOpen(false);
              onLocation();
            }}
          >
            <MapPin size={18} aria-hidden="true" className="text-accent" />
            {labels.location}
          </button>
        </div>
      )}
    </div>
  );
}

const ITEM =
  "flex min-h-11 items-center gap-3 rounded-xl px-3 text-start text-sm font-medium hover:bg-accent-soft " +
  "focus-within:outline-2 focus-within:outline-accent";

interface FileItemProps {
  kind: FileKind;
  label: string;
  icon: ReactNode;
  onPick: (kind: FileKind, file: File | undefined) => void;
}

function FileItem({ kind, label, icon, onPick }: FileItemProps) {
  return (
    <label className={`${ITEM} cursor-pointer`}>
      <span aria-hidden="true" className="text-accent">{icon}</span>
      {label}
      <input
        type="file"
        accept={ACCEPT[kind]}
        data-testid={`pick-${kind}`}
        className="sr-only"
        onChange={(event) => onPick(kind, event.target.files?.[0])}
      />
    </label>
  );
}
