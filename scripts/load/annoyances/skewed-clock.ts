/** Preloaded into the functions by a test: their clock runs `SKEW_MS` milliseconds before the machine's. */
import process from "node:process";

const skewMs = Number(process.env.SKEW_MS ?? 0);
const RealDate = Date;

class SkewedDate extends RealDate {
  constructor(...values: [] | [value: number | string | Date]) {
    super(values.length === 0 ? RealDate.now() + skewMs : values[0]);
  }

  static override now(): number {
    return RealDate.now() + skewMs;
  }
}

globalThis.Date = SkewedDate as DateConstructor;
