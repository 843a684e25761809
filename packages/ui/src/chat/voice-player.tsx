import { Pause, Play } from "lucide-react";
import { useRef, useState } from "react";
import type { ChatLabels } from "../labels/chat-labels.ts";
import { formatLength } from "./format-time.ts";
import { useWaveform } from "./use-waveform.ts";

/** A voice note, and who wants to know that it was played. */
export interface VoicePlayerProps {
  url: string;
  labels: ChatLabels;
  onPlayed: () => void;
}

/** A voice note: play, pause, how far, how long, and the shape of its sound. */
export function VoicePlayer({ url, labels, onPlayed }: VoicePlayerProps) {
  const audio = useRef<HTMLAudioElement>(null);
  const [isPlaying, setIsPlaying] = useState(false);
  const [seconds, setSeconds] = useState(0);
  const { peaks, length } = useWaveform(url);
  const progress = length > 0 ? Math.min(1, seconds / length) : 0;

  function toggle() {
    const element = audio.current;
    if (!element) return;
    if (isPlaying) return element.pause();
    onPlayed();
    element.play().catch(() => setIsPlaying(false));
  }
  function seek(to: number) {
    if (audio.current) audio.current.currentTime = to;
    setSeconds(to);
  }
  return (
    <div
      className="flex w-full min-w-48 items-center gap-3 py-1"
      data-testid="voice-note"
      role="group"
      aria-label={labels.voiceNote}
    >
      <audio
        ref={audio}
        src={url}
        preload="metadata"
        onPlay={() => setIsPlaying(true)}
        onPause={() => setIsPlaying(false)}
        onEnded={() => setSeconds(0)}
        onTimeUpdate={(event) => setSeconds(event.currentTarget.currentTime)}
      />
      <button
        type="button"
        onClick={toggle}
        aria-label={isPlaying ? labels.pause : labels.play}
        className="grid size-11 shrink-0 place-items-center rounded-full bg-accent text-on-accent"
      >
        {isPlaying
          ? <Pause size={18} fill="currentColor" />
          : <Play size={18} fill="currentColor" className="ms-0.5" />}
      </button>
      <div className="relative h-9 min-w-0 flex-1">
        <div aria-hidden="true" className="flex h-6 items-center gap-[2px]">
          {peaks.map((peak, index) => (
            <span
              key={index}
              className={`flex-1 rounded-full ${
                index / peaks.length < progress ? "bg-accent" : "bg-current opacity-35"
              }`}
              style={{ height: `${Math.max(12, peak * 100)}%` }}
            />
          ))}
        </div>
        <input
          type="range"
          aria-label={labels.position}
          aria-valuetext={formatLength(seconds)}
          min={0}
          max={length || 1}
          step={0.1}
          value={Math.min(seconds, length || 1)}
          onChange={(event) => seek(Number(event.target.value))}
          className="absolute inset-x-0 top-0 h-6 w-full cursor-pointer opacity-0 focus-visible:opacity-60"
        />
        <span className="block text-[0.6875rem] leading-3 tabular-nums opacity-80">
          {formatLength(isPlaying || seconds > 0 ? seconds : length)}
        </span>
      </div>
    </div>
  );
}
