/** Names and values, such as what the bot has learned; whatever is in them is shown as text. */
export function FieldList({ fields, emptyText }: { fields: Record<string, unknown>; emptyText: string }) {
  const entries = Object.entries(fields).filter(([, value]) => value !== null && value !== "");
  if (entries.length === 0) return emptyText ? <p className="text-sm text-soft">{emptyText}</p> : null;
  return (
    <dl className="space-y-1 text-sm">
      {entries.map(([name, value]) => (
        <div key={name} className="flex gap-3">
          <dt className="w-28 shrink-0 text-soft [overflow-wrap:anywhere]" dir="auto">
            {name.replaceAll("_", " ")}
          </dt>
          <dd className="min-w-0 flex-1 font-medium [overflow-wrap:anywhere]" dir="auto">{shown(value)}</dd>
        </div>
      ))}
    </dl>
  );
}

function shown(value: unknown): string {
  if (typeof value === "boolean") return value ? "✓" : "✗";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
