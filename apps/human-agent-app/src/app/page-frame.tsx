import type { ReactNode } from "react";
import { useFirstScreen } from "../lib/first-screen.ts";

/** A page beside the queue: its title, and what it holds. */
export function PageFrame({ title, children }: { title: string; children: ReactNode }) {
  useFirstScreen(true);
  return (
    <div className="flex min-h-0 flex-1 flex-col bg-surface">
      <header className="flex min-h-16 items-center border-b border-line px-5">
        <h1 className="text-lg font-bold">{title}</h1>
      </header>
      <div className="flex min-h-0 flex-1 flex-col overflow-y-auto">{children}</div>
    </div>
  );
}
