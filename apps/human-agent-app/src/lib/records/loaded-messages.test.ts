import assert from "node:assert/strict";
import {
  catchUp,
  type LoadedMessages,
  readChanged,
  readEarlier,
  type ReadMessages,
} from "./loaded-messages.ts";
import { buildMessage } from "../testing.ts";

/** A backend that holds messages 1 to `count`, with the rule of `api.list_messages`. */
function backendWith(count: number): ReadMessages {
  return ({ p_after_seq: after, p_before_seq: before = Infinity, p_limit: limit = 60 }) => {
    const all = messages(1, count).filter((message) => message.seq < before);
    const chosen = after === undefined
      ? all.slice(-limit)
      : all.filter((message) => message.seq > after).slice(0, limit);
    return Promise.resolve(chosen);
  };
}

function messages(from: number, to: number) {
  return Array.from(
    { length: to - from + 1 },
    (_, index) => buildMessage({ id: `m${from + index}`, seq: from + index }),
  );
}

const seqs = (loaded: LoadedMessages) => loaded.messages.map((message) => message.seq);
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

Deno.test("catchUp() closes a gap of 239 messages without missing or doubling one", async () => {
  const known = { messages: messages(1, 61), hasEarlier: false };
  assert.deepEqual(seqs(await catchUp(() => known, backendWith(300))), range(1, 300));
});

Deno.test("catchUp() starts anew where the gap is longer than one answer, and reaches the past by scrolling", async () => {
  const known = { messages: messages(1, 20), hasEarlier: false };
  const read = backendWith(600);
  let loaded = await catchUp(() => known, read);
  assert.deepEqual(seqs(loaded), range(541, 600));
  while (loaded.hasEarlier) loaded = (await readEarlier(loaded, read))(loaded);
  assert.deepEqual(seqs(loaded), range(1, 600));
});

Deno.test("catchUp() keeps what an event brought while it read", async () => {
  let known: LoadedMessages = { messages: messages(1, 3), hasEarlier: false };
  const slow: ReadMessages = async (asked) => {
    const answer = await backendWith(5)(asked);
    known = { messages: messages(1, 6), hasEarlier: false };
    return answer;
  };
  assert.deepEqual(seqs(await catchUp(() => known, slow)), range(1, 6));
});

Deno.test("readChanged() reads what lies between what is loaded and what an event named", async () => {
  const loaded = { messages: messages(1, 10), hasEarlier: false };
  const change = await readChanged(loaded, { fromSeq: 15, toSeq: 15 }, backendWith(20));
  assert.deepEqual(seqs(change(loaded)), range(1, 15));
});

Deno.test("readChanged() leaves alone what lies before everything loaded", async () => {
  const loaded = { messages: messages(50, 60), hasEarlier: true };
  const read = () => Promise.reject(new Error("Cannot read: nothing should be asked"));
  assert.deepEqual((await readChanged(loaded, { fromSeq: 3, toSeq: 3 }, read))(loaded), loaded);
});
