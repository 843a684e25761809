import { QueueHeader } from "../features/queue/queue-header.tsx";
import { QueueContent, SearchContent } from "../features/queue/queue-pane.tsx";
import { useQueueKeys } from "../features/queue/use-queue-keys.ts";
import { useQueueAddress } from "./use-queue-address.ts";

interface QueueProps {
  /** The conversation that is open. */
  currentId: string | undefined;
  /** Nothing is open beside it. */
  isAlone: boolean;
}

/** The queue as the address says: a view of it, or what a search found. */
export function Queue({ currentId, isAlone }: QueueProps) {
  const address = useQueueAddress();
  useQueueKeys();
  return (
    <>
      <QueueHeader search={address} />
      {address.text.trim().length >= 2
        ? <SearchContent text={address.text} currentId={currentId} />
        : (
          <QueueContent
            view={address.view}
            filters={address.filters}
            currentId={currentId}
            isAlone={isAlone}
          />
        )}
    </>
  );
}
