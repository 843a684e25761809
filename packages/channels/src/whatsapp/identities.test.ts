import assert from "node:assert/strict";
import { readIdentities } from "./identities.ts";

Deno.test("readIdentities() puts the user id first and the phone beside it", () => {
  assert.deepEqual(readIdentities(["MX.13491208655302741918"], ["5215512345678"]), [
    { kind: "bsuid", externalId: "MX.13491208655302741918" },
    { kind: "phone", externalId: "5215512345678" },
  ]);
});

Deno.test("readIdentities() knows a user id in the place of a phone by its dot, and keeps its case", () => {
  assert.deepEqual(readIdentities([undefined], ["US.ENT.aB9"]), [{
    kind: "bsuid",
    externalId: "US.ENT.aB9",
  }]);
});

Deno.test("readIdentities() writes a phone in digits", () => {
  assert.deepEqual(readIdentities([], ["+5215512345678", 5215512345678]), [
    { kind: "phone", externalId: "5215512345678" },
  ]);
});

Deno.test("readIdentities() never takes a user id for a phone", () => {
  assert.deepEqual(readIdentities(["5215512345678"], []), []);
});

Deno.test("readIdentities() leaves out what names nobody", () => {
  const nobody = [
    "",
    " ",
    ".",
    "a",
    "12",
    "9".repeat(40),
    "US.",
    ".US",
    "US..1",
    "5.25",
    null,
    {},
    [],
    true,
    5.25,
    1e300,
  ];
  assert.deepEqual(readIdentities(nobody, nobody), []);
  assert.deepEqual(readIdentities([`US.${"9".repeat(300)}`], []), []);
});
