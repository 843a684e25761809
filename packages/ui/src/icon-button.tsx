import type { ComponentProps } from "react";

/** A round button that shows an icon; `label` is what it is called for those who do not see it, and its tooltip. */
export function IconButton(
  { label, className = "", ...rest }: ComponentProps<"button"> & { label: string },
) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={`grid size-10 shrink-0 place-items-center rounded-full text-soft transition-colors hover:bg-accent-soft hover:text-accent disabled:opacity-40 disabled:hover:bg-transparent disabled:hover:text-soft ${className}`}
      {...rest}
    />
  );
}
