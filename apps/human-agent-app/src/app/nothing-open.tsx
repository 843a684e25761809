import { MessagesSquare } from "lucide-react";
import { StateMessage } from "@app/ui/mod.ts";
import { useAllSpeech } from "../words/later/use-later-words.ts";
import { shortcuts } from "./shortcuts.ts";

/** Beside the queue while no conversation is open: what keys there are. */
export function NothingOpen() {
  const { words } = useAllSpeech();
  return (
    <div className="chat-ground flex flex-1">
      <StateMessage
        icon={<MessagesSquare size={26} />}
        title={words.nothingOpen.title}
        text={words.nothingOpen.text}
      >
        <dl className="mt-2 grid grid-cols-[auto_1fr] items-center gap-x-3 gap-y-1.5 text-start text-sm text-soft">
          {shortcuts.map(({ keys, id }) => (
            <div key={id} className="contents">
              <dt className="flex justify-end gap-1">
                {keys.map((key) => (
                  <kbd key={key} className="rounded-md border border-line bg-raised px-1.5 py-0.5 text-xs">
                    {key}
                  </kbd>
                ))}
              </dt>
              <dd>{words.shortcuts[id]}</dd>
            </div>
          ))}
        </dl>
      </StateMessage>
    </div>
  );
}
