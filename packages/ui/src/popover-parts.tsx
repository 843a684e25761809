import { Popover as Base } from "@base-ui/react/popover";
import type { ReactElement, ReactNode } from "react";

/** What a pane beside a button is made of. */
export interface PopoverProps {
  trigger: ReactElement<Record<string, unknown>>;
  label: string;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  children: ReactNode;
}

/** A pane with all that it can do; `Popover` loads it. */
export default function PopoverParts({ trigger, label, isOpen, onOpenChange, children }: PopoverProps) {
  return (
    <Base.Root open={isOpen} onOpenChange={onOpenChange}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={8} side="top" align="start" className="z-50 outline-none">
          <Base.Popup
            aria-label={label}
            className="max-h-(--available-height) max-w-[min(100vw-1rem,24rem)] animate-rise overflow-y-auto rounded-2xl border border-line bg-raised p-2 text-ink shadow-high outline-none"
          >
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
