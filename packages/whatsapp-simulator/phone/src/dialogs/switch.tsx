import type { ComponentProps } from "react";

/** On or off. */
export function Switch(props: ComponentProps<"input">) {
  return (
    <input
      type="checkbox"
      role="switch"
      className="relative h-7 w-12 shrink-0 cursor-pointer appearance-none rounded-full bg-edge transition-colors before:absolute before:start-1 before:top-1 before:size-5 before:rounded-full before:bg-raised before:transition-transform checked:bg-accent checked:before:translate-x-5"
      {...props}
    />
  );
}
