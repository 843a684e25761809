import { ChevronDown } from "lucide-react";

interface FaultChoiceProps<Value extends string | number> {
  label: string;
  /** Each value with its name; the first is calm. */
  options: [value: Value, name: string][];
  value: Value;
  onChange: (value: Value) => void;
}

/** One fault on one line: its name, and how much of it. What is not calm stands out. */
export function FaultChoice<Value extends string | number>(
  { label, options, value, onChange }: FaultChoiceProps<Value>,
) {
  const isCalm = value === options[0]?.[0];
  const isOffered = options.some(([each]) => each === value);
  return (
    <label className="flex min-h-12 items-center justify-between gap-4">
      <span className="min-w-0 text-sm">{label}</span>
      <span className="relative shrink-0">
        <select
          value={isOffered ? String(value) : ""}
          onChange={(event) => {
            const chosen = options.find(([each]) => String(each) === event.target.value);
            if (chosen) onChange(chosen[0]);
          }}
          className={`h-10 w-36 appearance-none rounded-xl ps-3 pe-9 text-sm font-medium text-ellipsis ${
            isCalm ? "bg-paper text-soft" : "bg-accent text-on-accent"
          }`}
        >
          {!isOffered && <option value="">…</option>}
          {options.map(([each, name]) => <option key={each} value={String(each)}>{name}</option>)}
        </select>
        <ChevronDown
          size={16}
          aria-hidden="true"
          className={`pointer-events-none absolute end-3 bottom-3 ${isCalm ? "text-soft" : "text-on-accent"}`}
        />
      </span>
    </label>
  );
}
