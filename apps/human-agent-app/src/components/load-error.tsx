import { CloudOff, TriangleAlert } from "lucide-react";
import { Button, StateMessage } from "@app/ui/mod.ts";
import { toAppError } from "../lib/app-error.ts";
import { useSpeech } from "../lib/speech.ts";

/** In place of what could not be loaded: why, what was kept, and another try. */
export function LoadError({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { words } = useSpeech();
  const { kind } = toAppError(error);
  const { title, text } = words.errors[kind];
  return (
    <StateMessage
      isError
      icon={kind === "offline" ? <CloudOff size={26} /> : <TriangleAlert size={26} />}
      title={title}
      text={text}
    >
      <Button look="solid" onClick={onRetry}>{words.retry}</Button>
    </StateMessage>
  );
}
