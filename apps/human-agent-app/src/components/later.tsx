import { type ComponentType, type ReactNode, useEffect } from "react";
import { fetchAhead, ModalDialog, part, Skeleton, usePart } from "@app/ui/mod.ts";
import { afterFirstScreen, atLeisure, useAfter } from "../lib/first-screen.ts";
import { useSpeech } from "../lib/speech.ts";
import { fetchLaterWords } from "../words/later/fetch-later-words.ts";
import { useLaterWords } from "../words/later/use-later-words.ts";
import { PartMissing } from "./part-missing.tsx";

/** A component that is fetched later, and what stands in its place until it is there. */
interface Later<Props> {
  load: () => Promise<ComponentType<Props>>;
  /** As large as what will come; `problem` is what to say instead if it cannot be fetched. */
  Waiting: ComponentType<{ props: Props; problem?: ReactNode }>;
  /**
   * When it is wanted. What stands beside that which the screen is for comes after it; what cannot be seen, when the page is
   * at leisure. Default `now`.
   */
  when?: When | ((props: Props) => When);
  /** It is part of a first screen: the words of that are enough for it. Default false. */
  isFirst?: boolean;
}

/** When a part is wanted. */
type When = "now" | "after first screen" | "at leisure";

const moments = { "now": undefined, "after first screen": afterFirstScreen, "at leisure": atLeisure };

/** A part of the app with a file of its own: it is fetched ahead when the page is at leisure, or as soon as it is wanted. */
export function later<Props extends object>(
  { load, Waiting, when = "now", isFirst = false }: Later<Props>,
): (props: Props) => ReactNode {
  const fetched = part(load);
  return function Later(props: Props) {
    const { language } = useSpeech();
    const moment = moments[typeof when === "function" ? when(props) : when];
    const isWanted = useAfter(moment) || !moment;
    const { Part, hasFailed, again } = usePart(fetched, isWanted);
    const words = useLaterWords(language, isWanted && !isFirst);
    if (Part && (isFirst || words.isThere)) return <Part {...props} />;
    function retry() {
      if (hasFailed) again();
      if (words.hasFailed) words.again();
    }
    const problem = (hasFailed || words.hasFailed) && <PartMissing onRetry={retry} />;
    return <Waiting props={props} {...(problem && { problem })} />;
  };
}

/** A dialog that is fetched later: until then it is open and empty, and can be closed. */
export function laterDialog<Props extends { onClose: () => void }>(
  load: () => Promise<ComponentType<Props>>,
): (props: Props) => ReactNode {
  function Waiting({ props, problem }: { props: Props; problem?: ReactNode }) {
    const { words } = useSpeech();
    return (
      <ModalDialog title={words.loading} closeLabel={words.close} onClose={props.onClose}>
        {problem ?? <Skeleton className="h-40" />}
      </ModalDialog>
    );
  }
  return later({ load, Waiting });
}

/** Fetches all parts and words when the page is at leisure, so that they are there when they are wanted. */
export function useFetchAhead(): void {
  const { language } = useSpeech();
  useEffect(() => {
    let isOver = false;
    void (async () => {
      await atLeisure();
      await fetchLaterWords(language).catch(() => {});
      await fetchAhead(() => afterFirstScreen().then(() => !isOver));
    })();
    return () => void (isOver = true);
  }, [language]);
}
