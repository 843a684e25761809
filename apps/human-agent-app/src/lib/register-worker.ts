/** Has this browser keep the app, so that it opens without a network, and hear notifications. Doing it again changes nothing. */
export function registerWorker(): void {
  // A page that Vite serves while somebody builds it has no worker.
  if ("serviceWorker" in navigator && document.querySelector("script[src^='/assets/']")) {
    void navigator.serviceWorker.register("/service-worker.js");
  }
}
