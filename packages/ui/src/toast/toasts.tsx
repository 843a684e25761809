import { X } from "lucide-react";
import { IconButton } from "../icon-button.tsx";
import { dismissToast, useToasts } from "./toast-store.ts";

/** Where toasts appear; once in an app. */
export function Toasts({ closeLabel }: { closeLabel: string }) {
  const toasts = useToasts();
  return (
    <div
      role="status"
      aria-live="polite"
      className="pointer-events-none fixed inset-x-0 bottom-[calc(env(safe-area-inset-bottom)+4.75rem)] z-50 flex flex-col items-center gap-2 px-3 md:bottom-24"
    >
      {toasts.map((toast) => (
        <div
          key={toast.id}
          data-testid="toast"
          className={`pointer-events-auto flex max-w-full animate-rise items-center gap-2 rounded-2xl py-1 ps-4 pe-1 text-sm shadow-high ${
            toast.isError ? "bg-danger-soft text-danger" : "bg-ink text-paper"
          }`}
        >
          <span className="py-2 [overflow-wrap:anywhere]">{toast.text}</span>
          {toast.action && (
            <button
              type="button"
              onClick={() => {
                toast.action?.onPress();
                dismissToast(toast.id);
              }}
              className="min-h-10 rounded-xl px-3 font-semibold underline underline-offset-2"
            >
              {toast.action.label}
            </button>
          )}
          <IconButton label={closeLabel} className="text-inherit!" onClick={() => dismissToast(toast.id)}>
            <X size={16} aria-hidden="true" />
          </IconButton>
        </div>
      ))}
    </div>
  );
}
