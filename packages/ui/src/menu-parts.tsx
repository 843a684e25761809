import { Menu as Base } from "@base-ui/react/menu";
import type { ReactElement, ReactNode } from "react";

/** One thing that can be done. */
export interface MenuItem {
  id: string;
  label: string;
  icon?: ReactNode;
  /** The key that does the same. */
  shortcut?: string;
  isDanger?: boolean;
  isChosen?: boolean;
  onChoose: () => void;
}

interface MenuPartsProps {
  trigger: ReactElement;
  groups: () => MenuItem[][];
  label: string;
}

/** A menu with all that it can do; `Menu` loads it when it is opened first. */
export default function MenuParts({ trigger, groups, label }: MenuPartsProps) {
  return (
    <Base.Root modal={false} defaultOpen>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={6} align="end" className="z-50 outline-none">
          <Base.Popup
            aria-label={label}
            className="max-h-(--available-height) min-w-52 animate-rise overflow-y-auto rounded-2xl border border-line bg-raised p-1.5 text-ink shadow-high outline-none"
          >
            <MenuGroups groups={groups} />
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

/** What an open menu offers. */
function MenuGroups({ groups }: Pick<MenuPartsProps, "groups">) {
  return groups().filter((group) => group.length > 0).map((group, index) => (
    <div
      key={group[0]?.id}
      role="group"
      className={index > 0 ? "mt-1 border-t border-line pt-1" : ""}
    >
      {group.map((item) => (
        <Base.Item
          key={item.id}
          onClick={item.onChoose}
          data-testid={`menu-${item.id}`}
          className={`flex min-h-10 cursor-default items-center gap-3 rounded-xl px-3 text-sm font-medium outline-none data-highlighted:bg-accent-soft ${
            item.isDanger ? "text-danger" : ""
          } ${item.isChosen ? "text-accent" : ""}`}
        >
          {item.icon && <span aria-hidden="true" className="shrink-0 opacity-80">{item.icon}</span>}
          <span className="min-w-0 flex-1 truncate" dir="auto">{item.label}</span>
          {item.shortcut && <kbd className="text-xs text-soft">{item.shortcut}</kbd>}
        </Base.Item>
      ))}
    </div>
  ));
}
