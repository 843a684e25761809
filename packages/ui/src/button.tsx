import type { ComponentProps } from "react";

const LOOKS = {
  /** The one thing to do here. */
  solid: "bg-accent text-on-accent hover:brightness-110",
  /** One of several. */
  quiet: "border border-line bg-raised text-ink hover:border-edge",
  /** Takes something away. */
  danger: "bg-danger-soft text-danger hover:brightness-95",
  /** Among text. */
  link: "text-accent hover:underline",
};

interface ButtonProps extends ComponentProps<"button"> {
  /** Default `quiet`. */
  look?: keyof typeof LOOKS;
  /** Works at the moment: it is told, and cannot be pressed again. */
  isBusy?: boolean;
}

/** A button with words. As high as a thumb wants it. */
export function Button({ look = "quiet", isBusy = false, className = "", disabled, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      aria-busy={isBusy || undefined}
      disabled={disabled || isBusy}
      className={`inline-flex min-h-10 shrink-0 items-center justify-center gap-2 rounded-xl px-4 text-sm font-semibold transition active:scale-[0.98] disabled:pointer-events-none disabled:opacity-50 ${
        LOOKS[look]
      } ${className}`}
      {...rest}
    />
  );
}
