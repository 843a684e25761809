import { type RefObject, useLayoutEffect, useRef, useState } from "react";

const NEAR_PX = 80;

/** A scrolling element that stays at its end. */
export interface StickToBottom {
  container: RefObject<HTMLDivElement | null>;
  /** Whether the newest message is in view. */
  isAtEnd: boolean;
  toEnd: () => void;
}

/**
 * Keeps a list at its end while it grows, unless the reader has scrolled away; also when pictures load late or the
 * window changes.
 *
 * @param conversation When it changes, the list starts at its end.
 */
export function useStickToBottom(conversation: string): StickToBottom {
  const container = useRef<HTMLDivElement>(null);
  const isFollowing = useRef(true);
  const [isAtEnd, setIsAtEnd] = useState(true);

  useLayoutEffect(() => {
    const element = container.current;
    if (!element) return;
    isFollowing.current = true;
    let before = element.scrollTop;
    function onScroll() {
      if (!element) return;
      const isNear = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_PX;
      // A list that grows is no reader who leaves: only moving up is.
      if (isNear) isFollowing.current = true;
      else if (element.scrollTop < before) isFollowing.current = false;
      before = element.scrollTop;
      setIsAtEnd(isFollowing.current);
    }
    // It is told first when the list has been laid out and not yet painted: to ask for its height here would lay it out twice.
    const observer = new ResizeObserver(() => isFollowing.current && jumpToEnd(element));
    observer.observe(element);
    if (element.firstElementChild) observer.observe(element.firstElementChild);
    element.addEventListener("scroll", onScroll, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener("scroll", onScroll);
    };
  }, [conversation]);

  function toEnd() {
    isFollowing.current = true;
    jumpToEnd(container.current);
  }
  return { container, isAtEnd, toEnd };
}

function jumpToEnd(element: HTMLElement | null): void {
  if (element) element.scrollTop = element.scrollHeight;
}
