import { cloneElement, useEffect, useState } from "react";
import { tellPartIsMissing } from "./parts/missing-parts.ts";
import { part } from "./parts/part.ts";
import { usePart } from "./parts/use-part.ts";
import type { PopoverProps } from "./popover-parts.tsx";

const popoverParts = part(() => import("./popover-parts.tsx").then((module) => module.default));

/**
 * A small pane beside its button; Esc or a click elsewhere closes it. The button is there at once; what opens is fetched ahead
 * (`fetchAhead`), or when it is asked for first.
 */
export function Popover(props: PopoverProps) {
  const { isOpen, onOpenChange } = props;
  const [wasOpen, setWasOpen] = useState(false);
  if (isOpen && !wasOpen) setWasOpen(true);
  const { Part, hasFailed, again } = usePart(popoverParts, wasOpen);
  useEffect(() => {
    if (!hasFailed || !isOpen) return;
    onOpenChange(false);
    tellPartIsMissing();
  }, [hasFailed, isOpen]);
  if (Part && wasOpen) return <Part {...props} />;
  return cloneElement(props.trigger, {
    "aria-haspopup": "dialog",
    "aria-expanded": false,
    onClick() {
      onOpenChange(true);
      if (hasFailed) again();
    },
  });
}
