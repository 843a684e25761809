/** For how long a conversation can be put aside, and until when that is, in the agent's own time. */
export function snoozeTimes(now: Date): { id: "hour" | "evening" | "tomorrow" | "monday"; until: Date }[] {
  const at = (days: number, hour: number) =>
    new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, hour);
  const toMonday = ((8 - now.getDay()) % 7) || 7;
  return [
    { id: "hour", until: new Date(now.getTime() + 3_600_000) },
    ...(now.getHours() < 17 ? [{ id: "evening" as const, until: at(0, 18) }] : []),
    { id: "tomorrow", until: at(1, 9) },
    { id: "monday", until: at(toMonday, 9) },
  ];
}
