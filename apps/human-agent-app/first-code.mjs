// What code a screen of the built app needs before it is shown and can be used, by the build's own list of its files.

import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The built app. */
export const dist = join(import.meta.dirname, "dist");

/**
 * By screen, the chunks that it begins with; what they import comes with them. Whoever is signed in needs no supabase-js at
 * first: the queue and a conversation are read and written without it.
 */
export const screens = {
  "sign-in": ["start", "sign-in", "supabase"],
  queue: ["start", "desk", "queue"],
  conversation: ["start", "desk", "conversation"],
};

/** The JavaScript files of a screen, below `dist`: the page's own, the chunks, and the words of one language. */
export function firstCode(chunks, language) {
  const files = JSON.parse(readFileSync(join(dist, ".vite/manifest.json"), "utf8"));
  const found = new Set();
  function add(key) {
    const entry = files[key];
    if (!entry) throw new Error(`The build has no "${key}"`);
    if (found.has(entry.file)) return;
    found.add(entry.file);
    for (const imported of entry.imports ?? []) add(imported);
  }
  add("index.html");
  add(`src/words/${language}.ts`);
  for (const name of chunks) {
    const [key] = Object.entries(files).find(([, entry]) => entry.name === name) ?? [];
    add(key ?? name);
  }
  return [...found].filter((file) => file.endsWith(".js"));
}
