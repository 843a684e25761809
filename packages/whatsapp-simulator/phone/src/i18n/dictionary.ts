import type { Language } from "@app/ui/mod.ts";
import { en } from "./en.ts";
import { es } from "./es.ts";
import { pt } from "./pt.ts";
import type { Words } from "./words.ts";

/** The words by language. */
export const words: Record<Language, Words> = { es, en, pt };
