import { cpus } from "node:os";

/** A figure by name; rounded for people. */
export type Figures = Record<string, number>;

/** Prints a table for people and, as the last line, one JSON object for programs. */
export function report(name: string, figures: Figures, database: string, notes: string[] = []): void {
  const width = Math.max(...Object.keys(figures).map((key) => key.length));
  console.log(`\n${name}`);
  for (const [key, value] of Object.entries(figures)) console.log(`  ${key.padEnd(width)}  ${value}`);
  for (const note of notes) console.log(`  ${note}`);
  console.log("");
  console.log(JSON.stringify({ name, figures, database, cores: cpus().length }));
}

/** The value below which `share` (0 to 1) of the values lie, rounded to hundredths; 0 for none. */
export function percentile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return Math.round((sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0) * 100) /
    100;
}
