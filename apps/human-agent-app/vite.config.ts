import { fileURLToPath } from "node:url";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

/**
 * What a first screen is made of comes in few files, each with all that it imports: many small ones are compressed badly,
 * and found out one after the other. What both the queue and a conversation need is in the desk.
 */
const firstChunks = [
  { name: "boot", test: /src\/main\.ts$/, priority: 4 },
  { name: "start", test: /src\/app\/start\.tsx$/, priority: 3 },
  {
    name: "desk",
    test:
      /src\/(app\/(workplace|desk-layout|home)\.tsx|components\/(time-chip|holder-badge|load-error)\.tsx|lib\/(use-now|use-complain|use-members|records\/session|realtime\/use-inbox)\.ts)|lucide-react\/dist\/esm\/icons\/check\.mjs$|ui\/src\/(menu|badge|avatar|chat\/format-time)\.tsx?$/,
    priority: 2,
  },
  { name: "queue", test: /src\/app\/(queue|navigation-bar)\.tsx$/, priority: 1 },
  { name: "conversation", test: /src\/app\/conversation-page\.tsx$/, priority: 1 },
];

/** Builds the app into `dist`; where its backend is comes at run time from `config.json` beside it. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), tailwindcss(), precacheList(), startAtOnce()],
  resolve: {
    alias: {
      "@app/": fileURLToPath(new URL("../../packages/", import.meta.url)),
      // The router's store asks for what React has had itself since version 18.
      "use-sync-external-store/shim/with-selector": "use-sync-external-store/with-selector",
    },
    dedupe: ["react", "react-dom"],
  },
  build: {
    outDir: "dist",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    // What is needed is asked for by name (`fetch-first.ts`); lists of what each part needs would be a third of the first file.
    modulePreload: false,
    manifest: true,
    rolldownOptions: {
      // The engine's modules do nothing by being there: only what is asked of them comes along.
      treeshake: { moduleSideEffects: [{ test: /packages\/sales-engine\//, sideEffects: false }] },
      input: { app: "index.html", worker: "src/worker/service-worker.ts" },
      output: {
        // The service worker keeps its address; everything else is named by its content.
        codeSplitting: { groups: firstChunks },
        entryFileNames: (chunk) => chunk.name === "worker" ? "service-worker.js" : "assets/[name]-[hash].js",
      },
    },
  },
  server: { port: 5191 },
});

/** Has the browser fetch what shows the app, and what that imports, beside the code that finds out what else is needed. */
function startAtOnce(): Plugin {
  return {
    name: "start-at-once",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler: (_html, { bundle }) =>
        Object.values(bundle ?? {})
          .flatMap((chunk) =>
            chunk.type === "chunk" && chunk.name === "start" ? [chunk.fileName, ...chunk.imports] : []
          )
          .map((fileName) => ({
            tag: "link",
            attrs: { rel: "modulepreload", crossorigin: true, href: `/${fileName}` },
            injectTo: "head" as const,
          })),
    },
  };
}

/** Tells the service worker which files the app is made of, and makes its own bytes change when they do. */
function precacheList(): Plugin {
  return {
    name: "precache-list",
    apply: "build",
    generateBundle: {
      // Last, when it is settled which files there are: one that is missing would keep the worker from being installed.
      order: "post",
      handler(_options, bundle) {
        const worker = bundle["service-worker.js"];
        if (worker?.type !== "chunk") return;
        const files = Object.keys(bundle).filter((name) => name.startsWith("assets/")).sort();
        worker.code = worker.code.replaceAll("__PRECACHE_FILES__", files.join(" "));
      },
    },
  };
}
