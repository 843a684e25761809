import { type PointerEvent, useRef, useState } from "react";

/** From here on letting go does it, in CSS pixels: about a thumb's width. */
const enoughPx = 56;
/** It follows the thumb no farther. */
const farthestPx = 80;

/** How far a drag from `from` to `to` moves what is dragged: forwards only, and only if it is more sideways than upright. */
export function swipeOffset(from: { x: number; y: number }, to: { x: number; y: number }): number {
  const sideways = to.x - from.x;
  if (sideways < 8 || sideways < Math.abs(to.y - from.y) * 1.5) return 0;
  return Math.min(sideways, farthestPx);
}

/**
 * Does something when a finger draws a thing aside. What gets the `handlers` needs `touch-action: pan-y`, so that the
 * browser keeps scrolling and leaves the other direction alone.
 *
 * @param onSwipe Absent where there is nothing to do.
 */
export function useSwipe(onSwipe: (() => void) | undefined) {
  const from = useRef<{ x: number; y: number }>(null);
  const [offset, setOffset] = useState(0);
  if (!onSwipe) return { offset: 0, isEnough: false, handlers: {} };
  const end = () => {
    from.current = null;
    setOffset(0);
  };
  return {
    offset,
    isEnough: offset >= enoughPx,
    handlers: {
      onPointerDown(event: PointerEvent) {
        if (event.pointerType === "touch") from.current = { x: event.clientX, y: event.clientY };
      },
      onPointerMove(event: PointerEvent) {
        if (from.current) setOffset(swipeOffset(from.current, { x: event.clientX, y: event.clientY }));
      },
      onPointerUp() {
        if (offset >= enoughPx) onSwipe();
        end();
      },
      onPointerCancel: end,
    },
  };
}
