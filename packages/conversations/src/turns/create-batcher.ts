/** Collects items that arrive at about the same time and works on them together. */
export interface Batcher<Item, Result> {
  add(item: Item): Promise<Result>;
}

interface Waiting<Item, Result> {
  item: Item;
  resolve(result: Result): void;
  reject(error: unknown): void;
}

/**
 * Makes a batcher. One batch is in flight at a time; what arrives meanwhile is the next one.
 *
 * @param soon Starts the first batch: `queueMicrotask` for items that are added together, a timer for those that
 * come by themselves at about the same time.
 * @param flush Works on a batch and returns one result per item, in order. If it throws, each item is tried alone, so
 * that one bad item harms no other.
 * @param admit Says when a batch may be worked on.
 */
export function createBatcher<Item, Result>(
  soon: (start: () => void) => void,
  maxSize: number,
  flush: (items: Item[]) => Promise<Result[]>,
  admit: (work: () => Promise<void>) => Promise<void> = (work) => work(),
): Batcher<Item, Result> {
  let waiting: Waiting<Item, Result>[] = [];
  let isBusy = false;

  async function work(): Promise<void> {
    while (waiting.length > 0) {
      await admit(async () => {
        // Taken only now, so that what came while waiting goes along.
        const batch = waiting.slice(0, maxSize);
        waiting = waiting.slice(maxSize);
        await settle(batch);
      });
    }
    isBusy = false;
  }

  async function settle(batch: Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await flush(batch.map(({ item }) => item));
      for (const [place, { resolve, reject }] of batch.entries()) {
        if (place < results.length) resolve(results[place] as Result);
        else reject(new Error("Cannot settle an item: its batch has no result for it"));
      }
    } catch (error) {
      const [first] = batch;
      if (batch.length === 1) return first?.reject(error);
      for (const one of batch) await settle([one]);
    }
  }

  return {
    add(item) {
      return new Promise((resolve, reject) => {
        waiting.push({ item, resolve, reject });
        if (isBusy) return;
        isBusy = true;
        soon(work);
      });
    },
  };
}
