import { useEffect, useRef, useState } from "react";

/** A recording in the making. `refused`: there is no microphone, or it was not allowed. */
export interface VoiceRecorder {
  state: "idle" | "recording" | "refused";
  /** Milliseconds since 1970 when the recording began. */
  startedAt: number;
  start: () => void;
  /** Ends the recording and hands over the file. */
  finish: () => void;
  discard: () => void;
}

/** What a phone records first; the browser takes the first that it can. */
const TYPES = ["audio/ogg;codecs=opus", "audio/mp4", "audio/webm;codecs=opus"];

/** Records the microphone. @param onRecorded Gets the file of a finished recording. */
export function useVoiceRecorder(onRecorded: (file: File) => void): VoiceRecorder {
  const [state, setState] = useState<VoiceRecorder["state"]>("idle");
  const [startedAt, setStartedAt] = useState(0);
  const recorder = useRef<MediaRecorder>(null);
  const isWanted = useRef(false);
  useEffect(() => () => end(recorder.current), []);

  async function start() {
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      const type = TYPES.find((each) => MediaRecorder.isTypeSupported(each));
      const started = new MediaRecorder(stream, type ? { mimeType: type } : {});
      const parts: Blob[] = [];
      isWanted.current = false;
      started.ondataavailable = (event) => parts.push(event.data);
      started.onstop = () => {
        for (const track of stream.getTracks()) track.stop();
        if (isWanted.current) onRecorded(asFile(parts, started.mimeType));
      };
      started.start();
      recorder.current = started;
      setStartedAt(Date.now());
      setState("recording");
    } catch {
      setState("refused");
    }
  }
  function stop(isKept: boolean) {
    isWanted.current = isKept;
    end(recorder.current);
    setState("idle");
  }
  return { state, startedAt, start, finish: () => stop(true), discard: () => stop(false) };
}

function end(recorder: MediaRecorder | null): void {
  if (recorder && recorder.state !== "inactive") recorder.stop();
}

function asFile(parts: Blob[], mimeType: string): File {
  const ending = mimeType.split(";")[0]?.split("/")[1] ?? "ogg";
  return new File(parts, `voice.${ending}`, { type: mimeType });
}
