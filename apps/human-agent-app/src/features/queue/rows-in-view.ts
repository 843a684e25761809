/** Which rows of a list are drawn: from the first up to, not including, the last. */
export interface DrawnRows {
  from: number;
  to: number;
}

/** Rows beyond the edges are drawn too, so that a flick shows no gap. */
const beyond = 8;

/** The rows in view of a list whose rows are all equally high, with some beyond its edges. Sizes in CSS pixels. */
export function rowsInView(
  { scrollTop, height, rowHeight, count }: {
    scrollTop: number;
    height: number;
    rowHeight: number;
    count: number;
  },
): DrawnRows {
  const first = Math.floor(Math.max(scrollTop, 0) / rowHeight) - beyond;
  const last = Math.ceil((Math.max(scrollTop, 0) + height) / rowHeight) + beyond;
  const to = Math.min(last, count);
  return { from: Math.max(Math.min(first, to - 1), 0), to };
}
