import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/app.tsx";

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
  addEventListener("load", () => void navigator.serviceWorker.register("/service-worker.js"));
}
