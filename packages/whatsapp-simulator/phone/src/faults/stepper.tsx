import { useId } from "react";

interface StepperProps {
  label: string;
  hint: string;
  /** Each value with its name. */
  steps: [value: number, name: string][];
  value: number;
  onChange: (value: number) => void;
}

/** A few amounts to choose from, side by side. A value between them is shown as none chosen. */
export function Stepper({ label, hint, steps, value, onChange }: StepperProps) {
  const group = useId();
  return (
    <fieldset className="py-4">
      <legend className="float-left font-medium">{label}</legend>
      <p className="clear-left text-sm text-soft">{hint}</p>
      <div className="mt-2.5 grid grid-cols-4 gap-1 rounded-xl bg-paper p-1">
        {steps.map(([step, name]) => (
          <label
            key={step}
            className="cursor-pointer rounded-lg px-1 py-2 text-center text-sm font-medium text-soft has-checked:bg-accent has-checked:text-on-accent has-focus-visible:outline-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name={group}
              checked={value === step}
              onChange={() => onChange(step)}
              className="sr-only"
            />
            {name}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
