import { startTransition, StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { whenSettled } from "../lib/first-screen.ts";
import { registerWorker } from "../lib/register-worker.ts";
import { App } from "./app.tsx";

/** Shows the app; a worker keeps all of it for opening without a network when whoever opened it has looked around. */
export function start(): void {
  const root = document.getElementById("app");
  if (root) {
    // Drawn in pieces, between which the page answers whoever uses it.
    startTransition(() =>
      createRoot(root).render(
        <StrictMode>
          <App />
        </StrictMode>,
      )
    );
  }
  void whenSettled().then(registerWorker);
}
