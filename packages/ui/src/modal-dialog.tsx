import { X } from "lucide-react";
import { type ReactNode, useEffect, useId, useRef } from "react";
import { IconButton } from "./icon-button.tsx";

/** What a dialog needs to be told: its title, the name of its close button, and who closes it. */
export interface ModalDialogProps {
  title: string;
  closeLabel: string;
  onClose: () => void;
  children: ReactNode;
  testId?: string;
}

/** A modal dialog on the browser's own element: it keeps the focus, and Esc or a click beside it closes it. */
export function ModalDialog({ title, closeLabel, onClose, children, testId }: ModalDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const titleId = useId();
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    // The browser would begin at the close button; whoever opens a dialog wants what is in it.
    body.current?.querySelector<HTMLElement>("input, select, button")?.focus();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      data-testid={testId}
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && onClose()}
      className="m-auto max-h-[min(92dvh,44rem)] w-[min(100vw-1.5rem,27rem)] overflow-hidden rounded-3xl bg-raised p-0 text-ink shadow-high open:animate-rise"
    >
      <div className="flex max-h-[inherit] flex-col">
        <header className="flex items-center justify-between gap-3 ps-6 pe-3 pt-4 pb-1">
          <h2 id={titleId} className="text-lg font-semibold">{title}</h2>
          <IconButton label={closeLabel} onClick={onClose}>
            <X size={20} />
          </IconButton>
        </header>
        <div ref={body} className="overflow-y-auto px-6 pt-2 pb-6">{children}</div>
      </div>
    </dialog>
  );
}
