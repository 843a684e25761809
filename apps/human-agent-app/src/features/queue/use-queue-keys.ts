import { useEffect, useEffectEvent } from "react";

/** Moves through the rows that are on screen with j and k (or arrows with Alt), and to the search with /. */
export function useQueueKeys(): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const target = event.target as HTMLElement;
    if (event.metaKey || event.ctrlKey || event.altKey || isWriting(target)) return;
    if (event.key === "/") {
      event.preventDefault();
      document.querySelector<HTMLElement>("[data-testid=search]")?.focus();
    }
    if (event.key === "j" || event.key === "k") step(event.key === "j" ? 1 : -1);
  });
  useEffect(() => {
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
}

function isWriting(element: HTMLElement): boolean {
  return element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName);
}

function step(by: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>("[data-testid=queue-row]")];
  const at = rows.findIndex((row) => row.getAttribute("aria-current") === "true");
  const next = at < 0 ? rows[0] : rows[at + by];
  next?.scrollIntoView({ block: "nearest" });
  next?.click();
}
