import { eachMessage, type Message } from "./messages.ts";
import { join, message, readString, tags } from "./wire.ts";

const letterS = "S".charCodeAt(0);

/**
 * Gives the named statements of one client a prefix of its own, since all clients share one session
 * and choose equal names. SQL's own `prepare` is not renamed.
 */
export class StatementNames {
  #prefix: string;
  #open = new Set<string>();

  constructor(clientId: number) {
    this.#prefix = `c${clientId}:`;
  }

  /** Renames in a sequence of whole messages. */
  rename(cycle: Uint8Array): Uint8Array {
    let isChanged = false;
    const parts: Uint8Array[] = [];
    for (const one of eachMessage(cycle)) {
      const renamed = this.#renameOne(one);
      if (renamed !== one.bytes) isChanged = true;
      parts.push(renamed);
    }
    return isChanged ? join(parts) : cycle;
  }

  #renameOne({ tag, bytes }: Message): Uint8Array {
    if (tag === tags.parse) {
      const name = readString(bytes, 5);
      if (name.text === "") return bytes;
      this.#open.add(name.text);
      return message("P", this.#own(name.text), bytes.subarray(name.next));
    }
    if (tag === tags.bind) {
      const portal = readString(bytes, 5);
      const statement = readString(bytes, portal.next);
      if (statement.text === "") return bytes;
      return message("B", portal.text, this.#own(statement.text), bytes.subarray(statement.next));
    }
    if ((tag === tags.describe || tag === tags.close) && bytes[5] === letterS) {
      const name = readString(bytes, 6);
      if (name.text === "") return bytes;
      if (tag === tags.close) this.#open.delete(name.text);
      return message(tag === tags.close ? "C" : "D", bytes.subarray(5, 6), this.#own(name.text));
    }
    return bytes;
  }

  /** Messages that close what the client left open. */
  closeAll(): Uint8Array[] {
    return [...this.#open].map((name) => message("C", new Uint8Array([letterS]), this.#own(name)));
  }

  #own(name: string): string {
    return this.#prefix + name;
  }
}
