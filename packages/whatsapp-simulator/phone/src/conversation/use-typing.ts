import { useEffect, useState } from "react";

/** Whether the business counts as typing. @param until Milliseconds since 1970; 0: it is not. */
export function useTyping(until: number): boolean {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    setNow(Date.now());
    const left = until - Date.now();
    if (left <= 0) return;
    const timer = setTimeout(() => setNow(Date.now()), left);
    return () => clearTimeout(timer);
  }, [until]);
  return until > now;
}
