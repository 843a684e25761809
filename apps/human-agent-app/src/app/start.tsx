import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { afterFirstScreen } from "../lib/first-screen.ts";
import { App } from "./app.tsx";

/** Shows the app; once it is there, a worker keeps it for opening without a network. */
export function start(): void {
  const root = document.getElementById("app");
  if (root) {
    createRoot(root).render(
      <StrictMode>
        <App />
      </StrictMode>,
    );
  }
  // A page that Vite serves while somebody builds it has no worker.
  if ("serviceWorker" in navigator && document.querySelector("script[src^='/assets/']")) {
    void afterFirstScreen().then(() => navigator.serviceWorker.register("/service-worker.js"));
  }
}
