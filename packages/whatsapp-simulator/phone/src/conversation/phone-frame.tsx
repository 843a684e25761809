import type { ReactNode } from "react";

/** On a desktop the frame of a phone; on a phone the whole screen. */
export function PhoneFrame({ children }: { children: ReactNode }) {
  return (
    <div className="h-full w-full md:max-h-[56rem] md:max-w-[26.5rem] md:rounded-[2.75rem] md:bg-[#10181a] md:p-2.5 md:shadow-high md:ring-1 md:ring-line">
      <div className="flex h-full flex-col overflow-hidden bg-paper md:rounded-[2.2rem]">
        <div
          aria-hidden="true"
          className="hidden h-7 shrink-0 items-center justify-center bg-surface md:flex"
        >
          <span className="h-1.5 w-16 rounded-full bg-line" />
        </div>
        {children}
      </div>
    </div>
  );
}
