import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Avatar, IconButton, Skeleton } from "@app/ui/mod.ts";
import { sidePanel } from "../components/side-panel.ts";
import { nameOf, type Session } from "../lib/records/session.ts";
import { useSpeech } from "../lib/speech.ts";

interface PersonPanelSkeletonProps {
  props: { session: Session; onClose: () => void };
  problem?: ReactNode;
}

/** The place of the panel beside a conversation until its code is there: who it is about, and the shape of the rest. */
export function PersonPanelSkeleton({ props, problem }: PersonPanelSkeletonProps) {
  const { words } = useSpeech();
  const name = nameOf(props.session, words.unknownContact);
  return (
    <aside aria-label={words.contactTitle} aria-busy={!problem} className={sidePanel}>
      <header className="flex items-start gap-2 pt-4 pb-3 ps-4 pe-2">
        <Avatar name={name} size={48} />
        <h2 className="min-w-0 flex-1 px-1 pt-0.5 font-semibold [overflow-wrap:anywhere]">
          <bdi>{name}</bdi>
        </h2>
        <IconButton label={words.close} onClick={props.onClose}>
          <X size={19} aria-hidden="true" />
        </IconButton>
      </header>
      {problem ?? (
        <div className="space-y-3 px-4 pt-1">
          <Skeleton className="h-10 rounded-xl!" />
          <Skeleton className="h-5 w-1/2" />
          <Skeleton className="h-20" />
        </div>
      )}
    </aside>
  );
}
