import { Switch as Base } from "@base-ui/react/switch";

/** Something that is on or off, with its words at the start. */
export function Switch(
  { label, hint, isOn, onChange }: {
    label: string;
    hint?: string;
    isOn: boolean;
    onChange: (isOn: boolean) => void;
  },
) {
  return (
    <label className="flex min-h-12 cursor-pointer items-center justify-between gap-4">
      <span>
        <span className="block text-sm font-medium">{label}</span>
        {hint && <span className="block text-xs text-soft">{hint}</span>}
      </span>
      <Base.Root
        checked={isOn}
        onCheckedChange={onChange}
        className="flex h-7 w-12 shrink-0 items-center rounded-full bg-edge p-0.5 transition-colors data-checked:bg-accent"
      >
        <Base.Thumb className="size-6 rounded-full bg-white shadow-low transition-transform data-checked:translate-x-5 rtl:data-checked:-translate-x-5" />
      </Base.Root>
    </label>
  );
}
