import { ExternalLink, List, Reply } from "lucide-react";
import { type ReactNode, useState } from "react";
import type { ChatLabels } from "../labels/chat-labels.ts";
import { ModalDialog } from "../modal-dialog.tsx";
import type { ChatButton, ChatItem } from "./chat-item.ts";

interface ReplyButtonsProps {
  item: ChatItem;
  labels: ChatLabels;
  onTap: ((item: ChatItem, button: ChatButton) => void) | undefined;
}

/** The buttons under a message: quick replies, the opener of a list, or a link. */
export function ReplyButtons({ item, labels, onTap }: ReplyButtonsProps) {
  const [isListOpen, setIsListOpen] = useState(false);
  const content = item.content;
  if (content.kind === "buttons") {
    return (
      <Stack>
        {content.buttons.map((button) => (
          <TapButton
            key={button.id}
            onClick={onTap && (() => onTap(item, button))}
          >
            <Reply size={15} aria-hidden="true" className="shrink-0" />
            <span dir="auto">{button.title}</span>
          </TapButton>
        ))}
      </Stack>
    );
  }
  if (content.kind === "link") {
    return (
      <Stack>
        <a
          href={/^https?:/.test(content.url) ? content.url : undefined}
          target="_blank"
          rel="noopener noreferrer"
          className="flex min-h-11 items-center justify-center gap-2 rounded-xl bg-other px-4 text-sm font-semibold text-accent shadow-low"
        >
          <ExternalLink size={15} aria-hidden="true" />
          {content.label}
        </a>
      </Stack>
    );
  }
  if (content.kind !== "list") return null;
  function choose(row: ChatButton) {
    setIsListOpen(false);
    onTap?.(item, row);
  }
  return (
    <Stack>
      <TapButton onClick={() => setIsListOpen(true)}>
        <List size={15} aria-hidden="true" />
        {content.open}
      </TapButton>
      {isListOpen && (
        <ModalDialog
          title={content.open}
          closeLabel={labels.close}
          onClose={() => setIsListOpen(false)}
        >
          {content.rows.map((row) => (
            <button
              key={row.id}
              type="button"
              onClick={() => choose(row)}
              className="block w-full border-b border-line py-3 text-start last:border-0 hover:text-accent"
            >
              <span className="block font-medium" dir="auto">{row.title}</span>
              {row.description && (
                <span className="block text-sm text-soft" dir="auto">{row.description}</span>
              )}
            </button>
          ))}
        </ModalDialog>
      )}
    </Stack>
  );
}

function Stack({ children }: { children: ReactNode }) {
  return <div className="flex flex-col gap-1">{children}</div>;
}

function TapButton({ onClick, children }: { onClick: (() => void) | undefined; children: ReactNode }) {
  return (
    <button
      type="button"
      onClick={onClick}
      disabled={!onClick}
      data-testid="reply-button"
      className="flex min-h-11 items-center justify-center gap-2 rounded-xl bg-other px-4 py-2 text-sm font-semibold text-accent shadow-low transition-colors hover:bg-accent-soft active:scale-[0.99] disabled:text-soft"
    >
      {children}
    </button>
  );
}
