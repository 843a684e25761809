import { cloneElement, type ReactElement, useEffect, useState } from "react";
import type { MenuItem } from "./menu-parts.tsx";
import { tellPartIsMissing } from "./parts/missing-parts.ts";
import { part } from "./parts/part.ts";
import { usePart } from "./parts/use-part.ts";

export type { MenuItem };

const menuParts = part(() => import("./menu-parts.tsx").then((module) => module.default));

/**
 * A menu below its button: arrow keys move, letters find, Esc closes. Groups are set apart by a line. The button is there
 * at once; what opens is fetched ahead (`fetchAhead`), or when it is asked for first.
 */
export function Menu(
  { trigger, groups, label, isOpenAtOnce = false }: {
    trigger: ReactElement<Record<string, unknown>>;
    /** What it offers, asked for while it is open. */
    groups: () => MenuItem[][];
    label: string;
    /** Somebody asked for it before it was there. Default false. */
    isOpenAtOnce?: boolean;
  },
) {
  const [isAsked, setIsAsked] = useState(isOpenAtOnce);
  const { Part, hasFailed, again } = usePart(menuParts, isAsked);
  useEffect(() => {
    if (!hasFailed || !isAsked) return;
    setIsAsked(false);
    tellPartIsMissing();
  }, [hasFailed, isAsked]);
  if (Part && isAsked) return <Part trigger={trigger} groups={groups} label={label} />;
  return cloneElement(trigger, {
    "aria-haspopup": "menu",
    "aria-expanded": false,
    onClick() {
      setIsAsked(true);
      if (hasFailed) again();
    },
  });
}
