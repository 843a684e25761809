import "./lib/asked-config.ts";
import { fetchFirst } from "./app/fetch-first.ts";
import { showStuck } from "./app/show-stuck.ts";

fetchFirst();
import("./app/start.tsx").then(({ start }) => start(), showStuck);
