import { fileURLToPath } from "node:url";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

/** Builds the app into `dist`; where its backend is comes at run time from `config.json` beside it. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), tailwindcss(), precacheList()],
  resolve: {
    alias: { "@app/": fileURLToPath(new URL("../../packages/", import.meta.url)) },
    dedupe: ["react", "react-dom"],
  },
  build: {
    outDir: "dist",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: { app: "index.html", worker: "src/worker/service-worker.ts" },
      output: {
        // The service worker keeps its address; everything else is named by its content.
        entryFileNames: (chunk) => chunk.name === "worker" ? "service-worker.js" : "assets/[name]-[hash].js",
      },
    },
  },
  server: { port: 5191 },
});

/** Tells the service worker which files the app is made of, and makes its own bytes change when they do. */
function precacheList(): Plugin {
  return {
    name: "precache-list",
    apply: "build",
    generateBundle(_options, bundle) {
      const worker = bundle["service-worker.js"];
      if (worker?.type !== "chunk") return;
      const files = Object.keys(bundle).filter((name) => name.startsWith("assets/")).sort();
      worker.code = worker.code.replaceAll("__PRECACHE_FILES__", files.join(" "));
    },
  };
}
