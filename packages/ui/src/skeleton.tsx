/** The shape of what is being loaded. Hidden from screen readers: who shows it says that something loads. */
export function Skeleton({ className = "" }: { className?: string }) {
  return <span aria-hidden="true" className={`block animate-pulse rounded-lg bg-line/70 ${className}`} />;
}
