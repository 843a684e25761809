import { Settings } from "../features/settings/settings.tsx";
import { useSpeech } from "../lib/speech.ts";
import { PageFrame } from "./page-frame.tsx";

/** Settings as a page. */
export function SettingsPage() {
  const { words } = useSpeech();
  return (
    <PageFrame title={words.settingsTitle}>
      <Settings />
    </PageFrame>
  );
}
