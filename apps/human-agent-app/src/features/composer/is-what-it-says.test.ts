import assert from "node:assert/strict";
import { isWhatItSays } from "./is-what-it-says.ts";

const file = (type: string, ...bytes: number[]) => new Blob([new Uint8Array(bytes)], { type });

Deno.test("isWhatItSays() takes pictures and sound that begin as such, with parameters of the type", async () => {
  assert.ok(await isWhatItSays(file("image/png", 0x89, 0x50, 0x4e, 0x47, 0x0d)));
  assert.ok(await isWhatItSays(file("image/jpeg", 0xff, 0xd8, 0xff, 0xe0)));
  assert.ok(await isWhatItSays(new Blob(["OggS....."], { type: "audio/ogg; codecs=opus" })));
  assert.ok(await isWhatItSays(new Blob(["....ftypisom"], { type: "video/mp4" })));
});

Deno.test("isWhatItSays() refuses a program and a page that call themselves pictures", async () => {
  assert.ok(!(await isWhatItSays(new Blob(["MZ\u0000\u0000"], { type: "image/png" }))));
  assert.ok(!(await isWhatItSays(new Blob(["<html>"], { type: "image/jpeg" }))));
  assert.ok(!(await isWhatItSays(file("audio/mpeg"))));
});

Deno.test("isWhatItSays() lets any document pass", async () => {
  assert.ok(await isWhatItSays(new Blob(["anything"], { type: "application/pdf" })));
});
