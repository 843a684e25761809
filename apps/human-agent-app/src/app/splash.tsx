import type { ReactNode } from "react";

/** While the app finds out what to show, or the `problem` that keeps it from doing so. */
export function Splash({ problem }: { problem?: ReactNode }) {
  if (problem) return <div className="flex h-full w-full">{problem}</div>;
  return (
    <div className="grid h-full w-full place-items-center" aria-busy="true">
      <img src="/icon.svg" alt="" className="size-16 animate-pulse rounded-2xl" />
    </div>
  );
}
