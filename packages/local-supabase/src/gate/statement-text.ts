import { eachMessage, type Message } from "./messages.ts";
import { join, message, readString, tags } from "./wire.ts";

const listen = /^\s*listen\s+("(?:[^"]|"")+"|\w+)\s*;?\s*$/i;
const unlisten = /^\s*unlisten\s+("(?:[^"]|"")+"|\w+|\*)\s*;?\s*$/i;
const copyIn = /(?:^|;)\s*copy\s[^;]*\sfrom\s+stdin\b/i;

/** Reading the rows of a copy makes PGlite fail for good, so the statement is refused in its own transaction. */
const refuseCopy = `do $$ begin raise exception using errcode = 'feature_not_supported',
  message = 'COPY FROM STDIN is not available on the local database; use INSERT, or a real Postgres'; end $$`;

/** Keeps the shared session listening: only the client stops, see {@linkcode replaceStatements}. */
const unlistenNothing = `unlisten "nothing"`;

/**
 * Replaces the statements that would harm the shared session, and keeps in `channels` what the client listens to.
 *
 * @returns `cycle` itself when nothing was replaced.
 */
export function replaceStatements(cycle: Uint8Array, channels: Set<string>): Uint8Array {
  const parts: Uint8Array[] = [];
  let isChanged = false;
  for (const one of eachMessage(cycle)) {
    const replaced = replaceOne(one, channels);
    isChanged ||= replaced !== one.bytes;
    parts.push(replaced);
  }
  return isChanged ? join(parts) : cycle;
}

function replaceOne({ tag, bytes }: Message, channels: Set<string>): Uint8Array {
  if (tag === tags.query) {
    const replacement = replacementOf(readString(bytes, 5).text, channels);
    return replacement === undefined ? bytes : message("Q", replacement);
  }
  if (tag === tags.parse) {
    const name = readString(bytes, 5);
    const statement = readString(bytes, name.next);
    const replacement = replacementOf(statement.text, channels);
    if (replacement !== undefined) {
      return message("P", name.text, replacement, bytes.subarray(statement.next));
    }
  }
  return bytes;
}

function replacementOf(statement: string, channels: Set<string>): string | undefined {
  const heard = listen.exec(statement)?.[1];
  if (heard !== undefined) channels.add(channelName(heard));
  const left = unlisten.exec(statement)?.[1];
  if (left !== undefined) {
    if (left === "*") channels.clear();
    else channels.delete(channelName(left));
    return unlistenNothing;
  }
  return copyIn.test(statement) ? refuseCopy : undefined;
}

/** Unquoted names are folded to lower case, as Postgres does. */
function channelName(identifier: string): string {
  return identifier.startsWith('"')
    ? identifier.slice(1, -1).replaceAll('""', '"')
    : identifier.toLowerCase();
}
