import type { ChatLabels, Language } from "./chat-labels.ts";
import { en } from "./en.ts";
import { es } from "./es.ts";
import { pt } from "./pt.ts";

/** The words by language. */
export const chatLabels: Record<Language, ChatLabels> = { es, en, pt };
