import assert from "node:assert/strict";
import { fetchAhead, fetchLater, part } from "./part.ts";

const Found = () => null;

Deno.test("part() fetches once, however often it is asked", async () => {
  let times = 0;
  const asked = part(async () => {
    times++;
    return await Promise.resolve(Found);
  });
  assert.equal(asked.get(), undefined);
  assert.deepEqual(await Promise.all([asked.fetch(), asked.fetch()]), [Found, Found]);
  assert.equal(await asked.fetch(), Found);
  assert.equal(times, 1);
  assert.equal(asked.get(), Found);
});

Deno.test("part() asks again after it could not be fetched", async () => {
  let isThere = false;
  const asked = part(() => isThere ? Promise.resolve(Found) : Promise.reject(new TypeError("no network")));
  await assert.rejects(asked.fetch(), /no network/);
  assert.equal(asked.get(), undefined);
  isThere = true;
  assert.equal(await asked.fetch(), Found);
});

Deno.test("fetchAhead() fetches everything that was told, what comes with it too, and leaves what cannot be fetched", async () => {
  const fetched: string[] = [];
  fetchLater(() => {
    fetched.push("page");
    fetchLater(() => Promise.resolve(fetched.push("part of the page")));
    return Promise.reject(new TypeError("no network"));
  });
  await fetchAhead(() => Promise.resolve(true));
  assert.deepEqual(fetched, ["page", "part of the page"]);
  fetched.length = 0;
  await fetchAhead(() => Promise.resolve(false));
  assert.deepEqual(fetched, []);
});
