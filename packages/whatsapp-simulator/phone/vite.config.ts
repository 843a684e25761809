import process from "node:process";
import { fileURLToPath } from "node:url";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** Builds the page into `dist`, which the simulator serves under a policy that allows only files of its own. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), tailwindcss()],
  resolve: {
    alias: { "@app/": fileURLToPath(new URL("../../", import.meta.url)) },
    dedupe: ["react", "react-dom"],
  },
  build: { outDir: "dist", emptyOutDir: true, assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  server: {
    port: 5190,
    proxy: { "/_simulator": process.env.SIMULATOR_URL ?? "http://127.0.0.1:54330" },
  },
});
