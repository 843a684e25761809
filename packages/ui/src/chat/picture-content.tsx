import { useState } from "react";
import type { ChatLabels } from "../labels/chat-labels.ts";
import { ModalDialog } from "../modal-dialog.tsx";

interface PictureContentProps {
  url: string;
  caption: string;
  labels: ChatLabels;
}

/** A picture in a message; a click shows it large. */
export function PictureContent({ url, caption, labels }: PictureContentProps) {
  const [isOpen, setIsOpen] = useState(false);
  const alt = labels.pictureOf(caption);
  return (
    <>
      <button
        type="button"
        onClick={() => setIsOpen(true)}
        aria-label={`${labels.openPicture}. ${alt}`}
        className="-mx-1.5 -mt-0.5 mb-1 block overflow-hidden rounded-xl"
      >
        <img
          src={url}
          alt=""
          className="max-h-72 min-h-24 w-full min-w-40 bg-line object-cover"
          data-testid="picture"
        />
      </button>
      {caption && (
        <p dir="auto" className="text-[0.9375rem] leading-snug [overflow-wrap:anywhere] whitespace-pre-wrap">
          {caption}
        </p>
      )}
      {isOpen && (
        <ModalDialog
          title={labels.picture}
          closeLabel={labels.close}
          onClose={() => setIsOpen(false)}
        >
          <img src={url} alt={alt} className="mx-auto max-h-[70dvh] rounded-xl object-contain" />
        </ModalDialog>
      )}
    </>
  );
}
