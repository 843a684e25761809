import { cloneElement, lazy, type ReactElement, Suspense, useEffect, useState } from "react";
import type { MenuItem } from "./menu-parts.tsx";

export type { MenuItem };

const MenuParts = lazy(() => import("./menu-parts.tsx"));

/** A page that waits for data looks idle; by now it has shown something, in milliseconds. */
const quietMs = 3_000;

/**
 * A menu below its button: arrow keys move, letters find, Esc closes. Groups are set apart by a line. The button is there
 * at once; what opens is loaded when the first screen has come, or is asked for.
 */
export function Menu(
  { trigger, groups, label }: {
    trigger: ReactElement<Record<string, unknown>>;
    groups: MenuItem[][];
    label: string;
  },
) {
  const [isWanted, setIsWanted] = useState(false);
  const [isOpenAtOnce, setIsOpenAtOnce] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsWanted(true), quietMs);
    return () => clearTimeout(timer);
  }, []);
  const button = cloneElement(trigger, {
    "aria-haspopup": "menu",
    "aria-expanded": false,
    onClick() {
      setIsOpenAtOnce(true);
      setIsWanted(true);
    },
  });
  if (!isWanted) return button;
  return (
    <Suspense fallback={button}>
      <MenuParts trigger={trigger} groups={groups} label={label} isOpenAtOnce={isOpenAtOnce} />
    </Suspense>
  );
}
