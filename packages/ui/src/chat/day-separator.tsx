/** Between messages of different days. */
export function DaySeparator({ day }: { day: string }) {
  return (
    <li className="sticky top-1 z-10 my-3 flex justify-center" data-testid="day-separator">
      <span className="rounded-full border border-line bg-raised px-3 py-1 text-xs font-medium text-soft shadow-high">
        {day}
      </span>
    </li>
  );
}
