import * as z from "zod/mini";

// The page may not make code from text, so zod must not try. Imported before anything is parsed.
z.config({ jitless: true });
