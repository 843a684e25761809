import { type ComponentProps, useId } from "react";

interface TextFieldProps extends ComponentProps<"input"> {
  label: string;
  hint?: string;
  error?: string | undefined;
}

/** One line of text with its label, and what is wrong with it. */
export function TextField({ label, hint, error, className = "", ...rest }: TextFieldProps) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className={`flex flex-col gap-1 ${className}`}>
      <label htmlFor={id} className="text-sm font-medium">{label}</label>
      <input
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={note ? `${id}-note` : undefined}
        className={`min-h-11 rounded-xl border bg-raised px-3.5 text-[0.9375rem] placeholder:text-soft ${
          error ? "border-danger" : "border-edge/60"
        }`}
        {...rest}
      />
      {note && <p id={`${id}-note`} className={`text-xs ${error ? "text-danger" : "text-soft"}`}>{note}</p>}
    </div>
  );
}
