import { FileText, FileX2, MapPin, ShoppingBag, UserRound } from "lucide-react";
import type { ReactNode } from "react";
import type { ChatLabels } from "../labels/chat-labels.ts";
import type { ChatItem } from "./chat-item.ts";
import type { ChatActions } from "./chat-actions.ts";
import { PictureContent } from "./picture-content.tsx";
import { VoiceNote } from "./voice-note.tsx";
import { Words } from "./words.tsx";

interface MessageContentProps {
  item: ChatItem;
  labels: ChatLabels;
  actions: ChatActions;
}

/** What a message says, by its kind. */
export function MessageContent({ item, labels, actions }: MessageContentProps) {
  const content = item.content;
  switch (content.kind) {
    case "text":
      return <Words text={content.text} />;
    case "image":
      return <PictureContent url={content.url} caption={content.caption ?? ""} labels={labels} />;
    case "video":
      return (
        <>
          <video controls preload="metadata" src={content.url} className="mb-1 max-h-80 rounded-xl" />
          <Words text={content.caption ?? ""} />
        </>
      );
    case "audio":
      return (
        <>
          <VoiceNote url={content.url} labels={labels} onPlayed={() => actions.onPlayed?.(item)} />
          {content.transcript && (
            <p dir="auto" className="border-s-2 border-current/25 ps-2 text-sm leading-snug opacity-85">
              <span className="sr-only">{labels.transcript}:</span>
              {content.transcript}
            </p>
          )}
        </>
      );
    case "document":
      return (
        <>
          <Row icon={<FileText size={20} />}>
            <a href={content.url} download={content.name} className="font-medium break-all underline">
              {content.name}
            </a>
          </Row>
          <Words text={content.caption ?? ""} />
        </>
      );
    case "location":
      return (
        <Row icon={<MapPin size={20} />}>
          <strong className="block font-semibold">{content.name ?? labels.location}</strong>
          {content.address && <span className="block">{content.address}</span>}
          <span className="text-xs tabular-nums opacity-80" dir="ltr">
            {content.latitude.toFixed(5)}, {content.longitude.toFixed(5)}
          </span>
        </Row>
      );
    case "contacts":
      return (
        <Row icon={<UserRound size={20} />}>
          <strong className="block font-semibold" dir="auto">{content.names.join(", ")}</strong>
          <span className="text-xs opacity-80">{labels.sharedContact}</span>
        </Row>
      );
    case "buttons":
    case "list":
      return (
        <>
          {content.header && <strong className="mb-1 block font-semibold" dir="auto">{content.header}
          </strong>}
          <Words text={content.text} />
          {content.footer && (
            <span className="mt-1 block text-xs opacity-75" dir="auto">{content.footer}</span>
          )}
        </>
      );
    case "link":
      return <Words text={content.text} />;
    case "sticker":
      return <img src={content.url} alt={labels.sticker} className="size-32 object-contain" />;
    case "order":
      return (
        <Row icon={<ShoppingBag size={20} />}>
          <strong className="block font-semibold">{labels.order}</strong>
          {content.lines.map((line, index) => <span key={index} className="block" dir="auto">{line}</span>)}
          {content.note && <span className="mt-1 block opacity-80" dir="auto">{content.note}</span>}
        </Row>
      );
    case "missing":
      return (
        <>
          <Row icon={<FileX2 size={20} />}>
            <em className="text-sm opacity-85">{content.text}</em>
          </Row>
          <Words text={content.caption ?? ""} />
        </>
      );
    case "note":
    case "system":
      return <Words text={content.text} />;
    case "reaction":
      return <span className="text-3xl" role="img" aria-label={labels.reaction}>{content.emoji}</span>;
    case "unknown":
      return <em className="text-sm opacity-80">{labels.unknown(content.type)}</em>;
  }
}

function Row({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <div className="flex items-center gap-3 py-1 pe-2 text-[0.9375rem] leading-snug">
      <span
        aria-hidden="true"
        className="grid size-10 shrink-0 place-items-center rounded-full bg-accent text-on-accent"
      >
        {icon}
      </span>
      <span className="min-w-0">{children}</span>
    </div>
  );
}
