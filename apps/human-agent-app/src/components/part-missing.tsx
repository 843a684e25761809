import { CloudOff } from "lucide-react";
import { Button, StateMessage } from "@app/ui/mod.ts";
import { useSpeech } from "../lib/speech.ts";

/**
 * In place of a part of the app whose code could not be fetched: there is no network, or the app was renewed on its server
 * since this page was opened, and only the new one is there.
 */
export function PartMissing({ onRetry }: { onRetry?: () => void }) {
  const { words } = useSpeech();
  return (
    <StateMessage
      isError
      icon={<CloudOff size={26} />}
      title={words.partMissing.title}
      text={words.partMissing.text}
    >
      <Button look="solid" onClick={() => location.reload()}>{words.partMissing.reload}</Button>
      {onRetry && <Button onClick={onRetry}>{words.retry}</Button>}
    </StateMessage>
  );
}
