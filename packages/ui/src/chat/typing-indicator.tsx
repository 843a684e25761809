/** The other side is writing: three dots in a bubble. */
export function TypingIndicator({ label }: { label: string }) {
  return (
    <li className="mt-2 flex animate-rise" data-testid="typing" role="status">
      <span className="sr-only">{label}</span>
      <span
        aria-hidden="true"
        className="flex gap-1 rounded-2xl rounded-es-md bg-other px-4 py-3.5 shadow-low"
      >
        {["", "[animation-delay:150ms]", "[animation-delay:300ms]"].map((delay) => (
          <span key={delay} className={`size-1.5 animate-dot rounded-full bg-soft ${delay}`} />
        ))}
      </span>
    </li>
  );
}
