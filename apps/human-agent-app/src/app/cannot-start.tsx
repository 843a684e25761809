import { CloudOff } from "lucide-react";
import { Button, StateMessage } from "@app/ui/mod.ts";
import { useSpeech } from "../lib/speech.ts";

/** When the app does not even know where its backend is. */
export function CannotStart({ error }: { error: Error }) {
  const { words } = useSpeech();
  return (
    <main className="flex h-full">
      <StateMessage
        isError
        icon={<CloudOff size={26} />}
        title={words.cannotStart.title}
        text={words.cannotStart.text}
      >
        <Button look="solid" onClick={() => location.reload()}>{words.retry}</Button>
        <p className="w-full text-xs text-soft">{error.message}</p>
      </StateMessage>
    </main>
  );
}
