import { showToast } from "@app/ui/mod.ts";
import { toAppError } from "./app-error.ts";
import { useSpeech } from "./speech.ts";

/** Tells a person why something they did was refused, in words for its reason if there are any. */
export function useComplain(): (error: unknown) => void {
  const { words } = useSpeech();
  return (error) => {
    const { kind, reason } = toAppError(error);
    const text = (reason && words.refusals?.[reason]) || words.errors[kind].text;
    showToast({ text, isError: true });
  };
}
