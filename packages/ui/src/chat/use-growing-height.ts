import { type RefObject, useEffect } from "react";

/** Makes a text field as high as its text; its style says how high at most. */
export function useGrowingHeight(input: RefObject<HTMLTextAreaElement | null>, text: string): void {
  useEffect(() => {
    const element = input.current;
    if (!element) return;
    element.style.height = "auto";
    // The border is not part of what scrolls.
    element.style.height = `${element.scrollHeight + 2}px`;
  }, [input, text]);
}
