import type { KeyboardEvent } from "react";

interface ComposerKeys {
  /** How many canned replies are offered. */
  count: number;
  chosen: number;
  setChosen: (index: number) => void;
  insert: (index: number) => void;
  submit: () => void;
}

/** The keys of the text field: arrows and Enter in the list of canned replies, else Enter sends. */
export function useComposerKeys({ count, chosen, setChosen, insert, submit }: ComposerKeys) {
  return (event: KeyboardEvent) => {
    // While letters are being composed (Japanese, accents), Enter belongs to the keyboard.
    if (event.nativeEvent.isComposing) return;
    if (count > 0 && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      setChosen((chosen + (event.key === "ArrowDown" ? 1 : count - 1)) % count);
    } else if ((event.key === "Enter" && !event.shiftKey) || (event.key === "Tab" && count > 0)) {
      event.preventDefault();
      if (count > 0) insert(chosen);
      else submit();
    } else if (event.key === "Escape") (event.target as HTMLElement).blur();
  };
}
