import type { ReactNode } from "react";

const TONES = {
  notice: "bg-notice text-on-notice",
  danger: "bg-danger-soft text-danger",
  accent: "bg-accent-soft text-ink",
};

/** A line across a pane about its state, with the way out at its end. */
export function Banner(
  { tone = "notice", icon, action, children }: {
    tone?: keyof typeof TONES;
    icon?: ReactNode;
    action?: ReactNode;
    children: ReactNode;
  },
) {
  return (
    <div role="status" className={`flex min-h-10 items-center gap-2.5 px-4 py-1.5 text-sm ${TONES[tone]}`}>
      {icon && <span aria-hidden="true" className="shrink-0">{icon}</span>}
      <p className="min-w-0 flex-1 leading-snug [overflow-wrap:anywhere]">{children}</p>
      {action}
    </div>
  );
}
