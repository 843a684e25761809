import "../lib/zod-without-eval.ts";
import { PersistQueryClientProvider } from "@tanstack/react-query-persist-client";
import { RouterProvider } from "@tanstack/react-router";
import { useState } from "react";
import { afterFirstScreen } from "../lib/first-screen.ts";
import { openQueryCache } from "../lib/query-cache.ts";
import { readAgain } from "../lib/read-again.ts";
import { createAppRouter, type RouteContext } from "./router.tsx";

/** Everything behind the sign-in: the cache of one person, and the addresses. */
export function Workplace(context: RouteContext) {
  const [cache] = useState(openQueryCache);
  const [router] = useState(() => createAppRouter(context));
  return (
    <PersistQueryClientProvider
      client={cache.client}
      persistOptions={cache.persistOptions(context.userId)}
      // What was kept is shown at once and then read again: nothing was heard while the app was closed.
      onSuccess={() => void afterFirstScreen().then(() => readAgain(cache.client))}
    >
      <RouterProvider router={router} />
    </PersistQueryClientProvider>
  );
}
