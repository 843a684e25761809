import { type ComponentType, startTransition, useCallback, useEffect, useState } from "react";
import type { Part } from "./part.ts";

/** What is there of a part. */
interface PartState<Props> {
  Part: ComponentType<Props> | undefined;
  hasFailed: boolean;
  again: () => void;
}

/** Fetches a part as soon as it is wanted; one that was fetched before is there at once. */
export function usePart<Props>(wanted: Part<Props>, isWanted: boolean): PartState<Props> {
  const [Part, setPart] = useState<ComponentType<Props> | undefined>(() => wanted.get());
  const [hasFailed, setHasFailed] = useState(false);
  const again = useCallback(() => {
    setHasFailed(false);
    wanted.fetch().then(
      // Drawn in pieces: whoever uses the page meanwhile comes first.
      (fetched) => startTransition(() => setPart(() => fetched)),
      () => setHasFailed(true),
    );
  }, [wanted]);
  useEffect(() => {
    if (isWanted && !Part) again();
  }, [isWanted, Part, again]);
  return { Part, hasFailed, again };
}
