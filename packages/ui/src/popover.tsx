import { cloneElement, lazy, type ReactElement, type ReactNode, Suspense, useState } from "react";

const PopoverParts = lazy(() => import("./popover-parts.tsx"));

/** What a pane beside a button is made of. */
export interface PopoverProps {
  trigger: ReactElement<Record<string, unknown>>;
  label: string;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  children: ReactNode;
}

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
