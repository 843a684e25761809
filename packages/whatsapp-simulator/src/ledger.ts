import { Buffer } from "node:buffer";
import { join } from "node:path";
import { type LedgerEvent, ledgerEvent, type LedgerFact } from "./ledger-event.ts";

const INDEX_EVERY = 500;
const LOCK_WAIT_MS = 2_000;

/**
 * What happened, one JSON line each, in `ledger.jsonl`; nothing is ever rewritten.
 *
 * A line has reached the operating system before whoever caused it gets an answer, so it outlives SIGKILL of this process
 * and of the product (not a power cut: nothing is synced to the disk). Lines that arrive together share one write.
 */
export class Ledger {
  #open = emptyBatch();
  #isWriting = false;
  #lines = 0;
  #size = 0;
  #last = 0;
  /** Byte offset of every 500th line, so that reading from a number does not read the whole file. */
  #offsets: number[] = [0];
  #encoder = new TextEncoder();

  private constructor(
    private readonly path: string,
    private readonly file: Deno.FsFile,
    private readonly onEvent: (event: LedgerEvent, isReplay: boolean) => void,
    private readonly now: () => number,
  ) {}

  /**
   * Opens or creates the ledger of a folder and plays every event in it. A last line cut off by a kill is removed.
   *
   * @param onEvent Called for each old event in order, then for each new one at once, before it is written.
   * @param now What time new events get, in milliseconds since 1970.
   * @throws {Error} If another process holds the folder, or a whole line is not an event.
   */
  static async open(
    folder: string,
    onEvent: (event: LedgerEvent, isReplay: boolean) => void,
    now: () => number = Date.now,
  ): Promise<Ledger> {
    await Deno.mkdir(folder, { recursive: true });
    const path = join(folder, "ledger.jsonl");
    const file = await Deno.open(path, { read: true, append: true, create: true });
    await holdAlone(file, folder);
    const ledger = new Ledger(path, file, onEvent, now);
    await ledger.#replay();
    return ledger;
  }

  /** The number of the newest event; 0 when nothing has happened. */
  get last(): number {
    return this.#last;
  }

  /**
   * Numbers the fact, tells the listener, and resolves once its line is with the operating system.
   *
   * @throws {Error} If the line cannot be written, for example because the disk is full.
   */
  async append(fact: LedgerFact): Promise<LedgerEvent> {
    const event: LedgerEvent = { seq: this.#last + 1, at: new Date(this.now()).toISOString(), ...fact };
    this.#last = event.seq;
    this.onEvent(event, false);
    this.#open.lines.push(`${JSON.stringify(event)}\n`);
    await this.flush();
    return event;
  }

  /** Resolves when everything appended so far is written. */
  async flush(): Promise<void> {
    const { done } = this.#open;
    if (!this.#isWriting) this.#writeBatches();
    await (this.#isWriting ? done : undefined);
  }

  /**
   * The lines after number `since`, as they stand in the file.
   *
   * @param limit Most lines to return.
   */
  async linesAfter(since: number, limit: number): Promise<string[]> {
    await this.flush();
    if (since >= this.#last) return [];
    const slot = Math.floor(since / INDEX_EVERY);
    const from = this.#offsets[slot] ?? 0;
    const to = this.#offsets[Math.ceil((since + limit) / INDEX_EVERY)] ?? this.#size;
    const text = await this.#readText(from, to);
    const skipped = since - slot * INDEX_EVERY;
    return text.split("\n").slice(skipped, skipped + limit).filter((line) => line !== "");
  }

  /** Writes what is waiting and lets go of the file. */
  async close(): Promise<void> {
    await this.flush();
    this.file.close();
  }

  async #writeBatches(): Promise<void> {
    this.#isWriting = true;
    while (this.#open.lines.length > 0) {
      const { lines, resolve, reject } = this.#open;
      this.#open = emptyBatch();
      try {
        const bytes = this.#encoder.encode(lines.join(""));
        for (let done = 0; done < bytes.length;) done += await this.file.write(bytes.subarray(done));
        for (const line of lines) this.#count(Buffer.byteLength(line));
        resolve();
      } catch (error) {
        reject(error);
      }
    }
    this.#isWriting = false;
    this.#open.resolve();
    this.#open = emptyBatch();
  }

  #count(length: number): void {
    this.#size += length;
    this.#lines += 1;
    if (this.#lines % INDEX_EVERY === 0) this.#offsets.push(this.#size);
  }

  async #readText(from: number, to: number): Promise<string> {
    const file = await Deno.open(this.path, { read: true });
    try {
      await file.seek(from, Deno.SeekMode.Start);
      const bytes = new Uint8Array(to - from);
      for (let done = 0; done < bytes.length;) {
        const read = await file.read(bytes.subarray(done));
        if (read === null) break;
        done += read;
      }
      return new TextDecoder().decode(bytes);
    } finally {
      file.close();
    }
  }

  async #replay(): Promise<void> {
    const bytes = await Deno.readFile(this.path);
    const end = bytes.lastIndexOf(10) + 1;
    if (end < bytes.length) await this.file.truncate(end);
    const decoder = new TextDecoder();
    for (let start = 0; start < end;) {
      const stop = bytes.indexOf(10, start) + 1;
      const event = ledgerEvent.parse(JSON.parse(decoder.decode(bytes.subarray(start, stop))));
      this.#last = event.seq;
      this.#count(stop - start);
      this.onEvent(event, true);
      start = stop;
    }
  }
}

interface Batch {
  lines: string[];
  done: Promise<void>;
  resolve: () => void;
  reject: (reason: unknown) => void;
}

function emptyBatch(): Batch {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  return { lines: [], done: promise, resolve, reject };
}

async function holdAlone(file: Deno.FsFile, folder: string): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLong = new Promise<"taken">((resolve) => {
    timer = setTimeout(() => resolve("taken"), LOCK_WAIT_MS);
  });
  const outcome = await Promise.race([file.lock(true).then(() => "held" as const), tooLong]);
  clearTimeout(timer);
  if (outcome === "taken") {
    throw new Error(`Cannot open the ledger in "${folder}": another simulator holds it`);
  }
}
