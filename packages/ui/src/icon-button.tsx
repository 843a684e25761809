import type { ComponentProps } from "react";

const TONES = {
  plain: "text-soft hover:bg-accent-soft hover:text-accent",
  /** The one thing to do here. */
  solid: "bg-accent text-on-accent hover:brightness-110",
  /** Something is unusual. */
  notice: "bg-notice text-on-notice hover:brightness-95",
};

interface IconButtonProps extends ComponentProps<"button"> {
  label: string;
  /** Default `plain`. */
  tone?: keyof typeof TONES;
}

/** A round button that shows an icon; `label` is what it is called for those who do not see it, and its tooltip. */
export function IconButton({ label, tone = "plain", className = "", ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={`grid size-10 shrink-0 place-items-center rounded-full transition disabled:pointer-events-none disabled:opacity-40 ${
        TONES[tone]
      } ${className}`}
      {...rest}
    />
  );
}
