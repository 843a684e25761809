import { CloudOff, TriangleAlert } from "lucide-react";
import type { UseQueryResult } from "@tanstack/react-query";
import { Button, StateMessage } from "@app/ui/mod.ts";
import { toAppError } from "../lib/app-error.ts";
import { useSpeech } from "../lib/speech.ts";

/** In place of what could not be loaded: why, what was kept, and another try. */
export function LoadError(
  { query }: { query: Pick<UseQueryResult<unknown>, "error" | "failureReason" | "refetch"> },
) {
  const { words } = useSpeech();
  // What waits for a network has not failed for good yet.
  const { kind } = toAppError(query.error ?? query.failureReason);
  const { title, text } = words.errors[kind];
  return (
    <StateMessage
      isError
      icon={kind === "offline" ? <CloudOff size={26} /> : <TriangleAlert size={26} />}
      title={title}
      text={text}
    >
      <Button look="solid" onClick={() => void query.refetch()}>{words.retry}</Button>
    </StateMessage>
  );
}
