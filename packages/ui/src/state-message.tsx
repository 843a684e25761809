import type { ReactNode } from "react";

interface StateMessageProps {
  icon: ReactNode;
  title: string;
  /** What it means: what happened, what was kept, what to do. */
  text?: string;
  /** The way out. */
  children?: ReactNode;
  /** An error is told at once. */
  isError?: boolean;
}

/** In place of a list or page that is empty, or could not be loaded. */
export function StateMessage({ icon, title, text, children, isError = false }: StateMessageProps) {
  return (
    <div
      role={isError ? "alert" : undefined}
      className="m-auto flex max-w-80 flex-col items-center gap-2 px-6 py-10 text-center"
    >
      <span
        aria-hidden="true"
        className={`grid size-14 place-items-center rounded-2xl ${
          isError ? "bg-danger-soft text-danger" : "bg-accent-soft text-accent"
        }`}
      >
        {icon}
      </span>
      <p className="mt-1 font-semibold">{title}</p>
      {text && <p className="text-sm text-soft">{text}</p>}
      {children && <div className="mt-2 flex flex-wrap justify-center gap-2">{children}</div>}
    </div>
  );
}
