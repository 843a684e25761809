import { readConfig } from "./config.ts";

/** Asked for before anything is shown: everything waits for it. */
export const askedConfig = readConfig();

// The connection to the backend is made while the code that will ask it is still on its way.
askedConfig.then(({ api_url }) => {
  const link = document.createElement("link");
  link.rel = "preconnect";
  link.href = api_url;
  link.crossOrigin = "anonymous";
  document.head.append(link);
}).catch(() => {
  // Whoever shows the app waits for it too, and tells.
});
