import { part } from "../parts/part.ts";
import { usePart } from "../parts/use-part.ts";
import { Skeleton } from "../skeleton.tsx";
import type { VoicePlayerProps } from "./voice-player.tsx";

const voicePlayer = part(() => import("./voice-player.tsx").then((module) => module.VoicePlayer));

/** A voice note with a player that comes when there is one to play; where it cannot be fetched, the browser's own plays it. */
export function VoiceNote(props: VoicePlayerProps) {
  const { Part, hasFailed } = usePart(voicePlayer, true);
  if (Part) return <Part {...props} />;
  if (hasFailed) {
    return (
      <audio
        controls
        src={props.url}
        aria-label={props.labels.voiceNote}
        onPlay={props.onPlayed}
        className="h-13 w-full min-w-48"
      />
    );
  }
  return (
    <div aria-hidden="true" className="flex h-13 w-full min-w-48 items-center gap-3">
      <Skeleton className="size-11 shrink-0 rounded-full!" />
      <Skeleton className="h-6 flex-1" />
    </div>
  );
}
