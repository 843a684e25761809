import { lazy, Suspense, useEffect, useState } from "react";
import { Toasts, useTheme } from "@app/ui/mod.ts";
import { SpeechContext } from "../lib/speech.ts";
import { type AppConfig, readConfig } from "../lib/config.ts";
import { useLanguage } from "../words/use-language.ts";
import { CannotStart } from "./cannot-start.tsx";
import { Splash } from "./splash.tsx";

const Signed = lazy(() => import("./signed.tsx"));

/** The whole app: finds its backend, then whoever is signed in. */
export function App() {
  useTheme();
  const speech = useLanguage();
  const [config, setConfig] = useState<AppConfig | Error>();
  useEffect(() => void readConfig().then(setConfig, setConfig), []);
  if (!speech || !config) return <Splash />;
  return (
    <SpeechContext value={speech}>
      {config instanceof Error ? <CannotStart error={config} /> : (
        <Suspense fallback={<Splash />}>
          <Signed config={config} />
        </Suspense>
      )}
      <Toasts closeLabel={speech.words.close} />
    </SpeechContext>
  );
}
