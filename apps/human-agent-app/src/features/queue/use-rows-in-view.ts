import { type RefObject, useLayoutEffect, useState } from "react";
import { type DrawnRows, rowsInView } from "./rows-in-view.ts";

/**
 * Follows a list that scrolls; until it is known how high it is, it is taken to be as high as the window.
 *
 * @returns Which of its equally high rows are to be drawn.
 */
export function useRowsInView(
  list: RefObject<HTMLElement | null>,
  { rowHeight, count }: { rowHeight: number; count: number },
): DrawnRows {
  const [view, setView] = useState(() => ({ scrollTop: 0, height: innerHeight }));
  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return;
    function look() {
      if (!element) return;
      // Nothing is drawn anew while the same rows stay in view.
      const scrollTop = Math.floor(element.scrollTop / rowHeight) * rowHeight;
      const height = element.clientHeight + rowHeight;
      setView((was) => was.scrollTop === scrollTop && was.height === height ? was : { scrollTop, height });
    }
    // It is told first when the list has been laid out: to ask for its height here would lay the page out twice.
    const observer = new ResizeObserver(look);
    observer.observe(element);
    element.addEventListener("scroll", look, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener("scroll", look);
    };
  }, [list, rowHeight]);
  return rowsInView({ ...view, rowHeight, count });
}
