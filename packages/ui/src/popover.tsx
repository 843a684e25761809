import { cloneElement, lazy, Suspense, useState } from "react";
import type { PopoverProps } from "./popover-parts.tsx";

const PopoverParts = lazy(() => import("./popover-parts.tsx"));

/**
 * A small pane beside its button; Esc or a click elsewhere closes it. The button is there at once; what opens is loaded when
 * it is asked for first.
 */
export function Popover(props: PopoverProps) {
  const [wasOpen, setWasOpen] = useState(false);
  if (props.isOpen && !wasOpen) setWasOpen(true);
  const button = cloneElement(props.trigger, {
    "aria-haspopup": "dialog",
    "aria-expanded": false,
    onClick: () => props.onOpenChange(true),
  });
  if (!wasOpen) return button;
  return (
    <Suspense fallback={button}>
      <PopoverParts {...props} />
    </Suspense>
  );
}
