import { useEffect, useState } from "react";
import { Toasts, useTheme } from "@app/ui/mod.ts";
import { MissingParts } from "../components/missing-parts.tsx";
import { askedConfig } from "../lib/asked-config.ts";
import type { AppConfig } from "../lib/config.ts";
import { SpeechContext } from "../lib/speech.ts";
import { useLanguage } from "../words/use-language.ts";
import { CannotStart } from "./cannot-start.tsx";
import { showStuck } from "./show-stuck.ts";
import { Signed } from "./signed.tsx";
import { Splash } from "./splash.tsx";

/** The whole app: finds its backend, then whoever is signed in. */
export function App() {
  useTheme();
  const speech = useLanguage(showStuck);
  const [config, setConfig] = useState<AppConfig | Error>();
  useEffect(() => void askedConfig.then(setConfig, setConfig), []);
  if (!speech || !config) return <Splash />;
  return (
    <SpeechContext value={speech}>
      {config instanceof Error ? <CannotStart error={config} /> : <Signed config={config} />}
      <MissingParts />
      <Toasts closeLabel={speech.words.close} />
    </SpeechContext>
  );
}
