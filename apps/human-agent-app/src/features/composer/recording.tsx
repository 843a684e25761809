import { type VoiceRecorder, VoiceRecording } from "@app/ui/mod.ts";
import { useSpeech } from "../../lib/speech.ts";

/** In place of the composer while the microphone is open. */
export function Recording({ recorder }: { recorder: VoiceRecorder }) {
  const { labels } = useSpeech();
  return <VoiceRecording recorder={recorder} labels={labels} />;
}
