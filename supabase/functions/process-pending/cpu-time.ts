import { cpuUsage } from "node:process";

/** Processor time of this process in milliseconds; 0 where the host does not tell. */
export function cpuMs(): number {
  try {
    const { user, system } = cpuUsage();
    return (user + system) / 1000;
  } catch {
    return 0;
  }
}
