import { type ReactNode, useState } from "react";
import { ModalDialog } from "@app/ui/mod.ts";
import {
  BadgeX,
  ClipboardCheck,
  Contact,
  Megaphone,
  Pencil,
  Phone,
  ShoppingCart,
  Store,
  ThumbsUp,
  Trash2,
} from "lucide-react";
import type { Words } from "../i18n/words.ts";
import type { PhoneChat } from "../state/phone-model.ts";
import type { Deeds } from "../state/deeds.ts";
import { Field } from "./field.tsx";

interface MoreDialogProps {
  chat: PhoneChat | undefined;
  deeds: Deeds;
  words: Words;
  onClose: () => void;
}

/** What happens less often in a chat: orders, forms, cards, second thoughts, and the owner's own phone. */
export function MoreDialog({ chat, deeds, words, onClose }: MoreDialogProps) {
  const [text, setText] = useState("");
  const [problem, setProblem] = useState("");
  const written = text.trim() || words.more.exampleText;
  const own = chat?.messages.findLast((message) =>
    message.direction === "inbound" && message.message.type === "text" && !message.is_revoked
  );
  const theirs = chat?.messages.findLast((message) => message.direction === "outbound");

  function act(deed: Promise<void>) {
    deed.then(onClose, (error) => setProblem(error instanceof Error ? error.message : String(error)));
  }
  return (
    <ModalDialog title={words.more.title} closeLabel={words.close} onClose={onClose} testId="more-dialog">
      <Field
        label={words.more.text}
        placeholder={words.more.exampleText}
        maxLength={4_096}
        value={text}
        onChange={(event) =>
          setText(event.target.value)}
      />
      {problem && <p role="alert" className="mt-2 text-sm text-danger">{problem}</p>}
      <ul className="mt-3 -mx-2">
        <Deed
          icon={<Store size={19} />}
          onClick={() =>
            act(deeds.echo(written))}
        >
          {words.more.echo}
        </Deed>
        <Deed
          icon={<Megaphone size={19} />}
          onClick={() =>
            act(deeds.fromAd(written))}
        >
          {words.more.fromAd}
        </Deed>
        <Deed
          icon={<Pencil size={19} />}
          isOff={!own}
          onClick={() =>
            own && act(deeds.edit(own.wamid, written))}
        >
          {words.more.edit}
        </Deed>
        <Deed icon={<Trash2 size={19} />} isOff={!own} onClick={() => own && act(deeds.revoke(own.wamid))}>
          {words.more.revoke}
        </Deed>
        <Deed
          icon={<ThumbsUp size={19} />}
          isOff={!theirs}
          onClick={() => theirs && act(deeds.react(theirs.wamid))}
        >
          {words.more.react}
        </Deed>
        <Deed icon={<ShoppingCart size={19} />} onClick={() => act(deeds.order())}>{words.more.order}</Deed>
        <Deed icon={<ClipboardCheck size={19} />} onClick={() => act(deeds.answerForm())}>
          {words.more.form}
        </Deed>
        <Deed icon={<Contact size={19} />} onClick={() => act(deeds.shareContact())}>
          {words.more.contact}
        </Deed>
        <Deed icon={<Phone size={19} />} onClick={() => act(deeds.changeNumber())}>
          {words.more.changeNumber}
        </Deed>
        <Deed icon={<BadgeX size={19} />} onClick={() => act(deeds.stopMarketing())}>{words.more.stop}</Deed>
      </ul>
    </ModalDialog>
  );
}

function Deed(
  { icon, isOff, onClick, children }: {
    icon: ReactNode;
    isOff?: boolean;
    onClick: () => void;
    children: string;
  },
) {
  return (
    <li>
      <button
        type="button"
        disabled={isOff}
        onClick={onClick}
        className="flex min-h-12 w-full items-center gap-3.5 rounded-xl px-2 text-start hover:bg-accent-soft disabled:opacity-40 disabled:hover:bg-transparent"
      >
        <span className="text-accent" aria-hidden="true">{icon}</span>
        <span className="text-sm font-medium">{children}</span>
      </button>
    </li>
  );
}
