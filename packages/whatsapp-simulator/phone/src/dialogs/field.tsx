import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";

/** A line to fill in, with its name above and what is wrong below. */
export function Field(
  { label, problem, ...rest }: ComponentProps<"input"> & { label: string; problem?: string },
) {
  return (
    <label className="block">
      <span className="mb-1.5 block text-sm font-medium">{label}</span>
      <input
        aria-invalid={problem ? true : undefined}
        className="h-11 w-full rounded-xl border border-edge/60 bg-surface px-3.5 aria-invalid:border-danger disabled:opacity-50"
        {...rest}
      />
      {problem && <span role="alert" className="mt-1 block text-sm text-danger">{problem}</span>}
    </label>
  );
}

/** What a form is for. */
export function SubmitButton({ children, ...rest }: ComponentProps<"button">) {
  return (
    <button
      type="submit"
      className="mt-1 min-h-12 w-full rounded-full bg-accent font-semibold text-on-accent disabled:opacity-50"
      {...rest}
    >
      {children}
    </button>
  );
}

/** One of several, chosen from a short list. */
export function Choice({ label, children, ...rest }: ComponentProps<"select"> & { label: string }) {
  return (
    <label className="relative block">
      <span className="mb-1.5 block text-sm font-medium">{label}</span>
      <select
        className="h-11 w-full appearance-none rounded-xl border border-edge/60 bg-surface ps-3.5 pe-10 text-ellipsis"
        {...rest}
      >
        {children}
      </select>
      <ChevronDown
        size={18}
        aria-hidden="true"
        className="pointer-events-none absolute end-3.5 bottom-3 text-soft"
      />
    </label>
  );
}
