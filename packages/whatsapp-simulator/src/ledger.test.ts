import assert from "node:assert/strict";
import { join } from "node:path";
import type { LedgerEvent } from "./ledger-event.ts";
import { Ledger } from "./ledger.ts";

function seen(number: number) {
  return { kind: "seen", wamid: `wamid.${number}`, phone_number_id: "100", customer: "52" } as const;
}

async function withFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("append() has the line in the file before it resolves, also for many at once", async () => {
  await withFolder(async (folder) => {
    const ledger = await Ledger.open(folder, () => {});
    await Promise.all(Array.from({ length: 2_000 }, async (_, index) => {
      const event = await ledger.append(seen(index));
      if (index % 500 !== 0) return;
      const text = await Deno.readTextFile(join(folder, "ledger.jsonl"));
      assert.ok(text.includes(`{"seq":${event.seq},`));
    }));
    await ledger.close();
    const lines = (await Deno.readTextFile(join(folder, "ledger.jsonl"))).trimEnd().split("\n");
    assert.deepEqual(
      lines.map((line) => JSON.parse(line).seq),
      Array.from({ length: 2_000 }, (_, i) => i + 1),
    );
  });
});

Deno.test("linesAfter() gives exactly the lines after a number", async () => {
  await withFolder(async (folder) => {
    const ledger = await Ledger.open(folder, () => {});
    await Promise.all(Array.from({ length: 1_750 }, (_, index) => ledger.append(seen(index))));
    for (
      const [since, limit] of [[0, 1], [0, 500], [499, 2], [500, 500], [1_000, 10_000], [1_749, 5], [
        1_750,
        5,
      ]]
    ) {
      const lines = await ledger.linesAfter(since ?? 0, limit ?? 0);
      const expected = Array.from({ length: 1_750 }, (_, i) => i + 1).slice(
        since,
        (since ?? 0) + (limit ?? 0),
      );
      assert.deepEqual(
        lines.map((line) => JSON.parse(line).seq),
        expected,
        `after ${since}, at most ${limit}`,
      );
    }
    await ledger.close();
  });
});

Deno.test("Ledger.open() plays what happened, cuts off half a line, and goes on counting", async () => {
  await withFolder(async (folder) => {
    const first = await Ledger.open(folder, () => {});
    await first.append(seen(1));
    await first.append({ ...seen(2), customer: "ñandú 😀" });
    await first.close();
    await Deno.writeTextFile(join(folder, "ledger.jsonl"), '{"seq":3,"at":"2026', { append: true });

    const replayed: LedgerEvent[] = [];
    const second = await Ledger.open(folder, (event, isReplay) => {
      if (isReplay) replayed.push(event);
    });
    const added = await second.append(seen(3));

    assert.deepEqual(replayed.map((event) => event.seq), [1, 2]);
    assert.equal(added.seq, 3);
    assert.equal((await second.linesAfter(0, 10)).length, 3);
    assert.match((await second.linesAfter(1, 1))[0] ?? "", /ñandú 😀/);
    await second.close();
  });
});

Deno.test("Ledger.open() refuses a folder that another one holds", async () => {
  await withFolder(async (folder) => {
    const holder = await Ledger.open(folder, () => {});
    const script = `import { Ledger } from ${JSON.stringify(import.meta.resolve("./ledger.ts"))};
      try { await Ledger.open(${JSON.stringify(folder)}, () => {}); }
      catch (error) { console.log(error.message); Deno.exit(3); }`;
    const { code, stdout } = await new Deno.Command(Deno.execPath(), {
      args: ["eval", "--no-check", script],
      cwd: import.meta.dirname ?? ".",
    }).output();
    assert.equal(code, 3);
    assert.match(new TextDecoder().decode(stdout), /another simulator holds it/);
    await holder.close();
  });
});
