import { ArrowDown } from "lucide-react";

/** Leads back to the end of a conversation. */
export function ToNewest({ label, onPress }: { label: string; onPress: () => void }) {
  return (
    <button
      type="button"
      onClick={onPress}
      aria-label={label}
      title={label}
      className="absolute end-4 bottom-4 grid size-11 animate-rise place-items-center rounded-full border border-line bg-raised text-ink shadow-high"
    >
      <ArrowDown size={18} aria-hidden="true" />
    </button>
  );
}
