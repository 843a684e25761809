import { useEffect, useState, useSyncExternalStore } from "react";

/** `system` follows what the device prefers. */
export type Theme = "system" | "light" | "dark";

const STORAGE_KEY = "ui-theme";

/**
 * The theme, kept in this browser, and written to `<html data-theme>`.
 *
 * @returns What was chosen, what is shown, and how to choose.
 */
export function useTheme(): { theme: Theme; shown: "light" | "dark"; choose: (theme: Theme) => void } {
  const [theme, setTheme] = useState<Theme>(readTheme);
  const prefersDark = useSyncExternalStore(onPreference, () => preference().matches);
  const shown = theme === "system" ? (prefersDark ? "dark" : "light") : theme;
  useEffect(() => {
    document.documentElement.dataset.theme = shown;
  }, [shown]);
  function choose(chosen: Theme) {
    localStorage.setItem(STORAGE_KEY, chosen);
    setTheme(chosen);
  }
  return { theme, shown, choose };
}

function preference(): MediaQueryList {
  return matchMedia("(prefers-color-scheme: dark)");
}

function onPreference(listener: () => void): () => void {
  const query = preference();
  query.addEventListener("change", listener);
  return () => query.removeEventListener("change", listener);
}

function readTheme(): Theme {
  const stored = localStorage.getItem(STORAGE_KEY);
  return stored === "light" || stored === "dark" ? stored : "system";
}
