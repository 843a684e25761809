import { useEffect, useState } from "react";
import { Toasts, useTheme } from "@app/ui/mod.ts";
import { SpeechContext } from "../lib/speech.ts";
import { type AppConfig, readConfig } from "../lib/config.ts";
import { useLanguage } from "../words/use-language.ts";
import { CannotStart } from "./cannot-start.tsx";
import { fetchAhead } from "./fetch-ahead.ts";
import { Signed } from "./signed.tsx";
import { Splash } from "./splash.tsx";

fetchAhead();
/** Asked for before anything is shown: everything waits for it. */
const asked = readConfig();

/** The whole app: finds its backend, then whoever is signed in. */
export function App() {
  useTheme();
  const speech = useLanguage();
  const [config, setConfig] = useState<AppConfig | Error>();
  useEffect(() => void asked.then(setConfig, setConfig), []);
  if (!speech || !config) return <Splash />;
  return (
    <SpeechContext value={speech}>
      {config instanceof Error ? <CannotStart error={config} /> : <Signed config={config} />}
      <Toasts closeLabel={speech.words.close} />
    </SpeechContext>
  );
}
