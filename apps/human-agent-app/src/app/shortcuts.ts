/** The keys of the desktop, and what each does. */
export const shortcuts = [
  { id: "next", keys: ["j", "k"] },
  { id: "search", keys: ["/"] },
  { id: "reply", keys: ["r"] },
  { id: "resolve", keys: ["e"] },
  { id: "note", keys: ["n"] },
  { id: "help", keys: ["?"] },
] as const;
