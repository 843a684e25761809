import assert from "node:assert/strict";
import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { readAgain } from "./read-again.ts";

Deno.test("readAgain() reads what is shown once more, and the rest when it is shown", async () => {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity, gcTime: Infinity } } });
  const reads: string[] = [];
  const show = (name: string) => {
    const options = { queryKey: ["a", name], queryFn: () => reads.push(name) };
    return new QueryObserver(client, options).subscribe(() => {});
  };
  const hideOld = show("old");
  const ends = [show("one"), show("two")];
  await until(() => reads.length === 3 && client.isFetching() === 0);
  hideOld();
  reads.length = 0;

  await readAgain(client, [["a"]]);
  await until(() => reads.length === 2);
  assert.deepEqual(reads, ["one", "two"]);
  ends.push(show("old"));
  await until(() => reads.length === 3);
  assert.deepEqual(reads, ["one", "two", "old"]);

  await readAgain(client, [["b"]]);
  assert.equal(reads.length, 3);
  for (const end of ends) end();
  client.clear();
});

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
}
