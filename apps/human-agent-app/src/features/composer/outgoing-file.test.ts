import assert from "node:assert/strict";
import { canCaption, fileProblem, kindOfFile, outgoingFile } from "./outgoing-file.ts";

Deno.test("kindOfFile() sends as picture, film or sound what phones show, the rest as a document", () => {
  const types = [
    "image/png",
    "image/gif",
    "video/mp4",
    "audio/ogg;codecs=opus",
    "audio/webm",
    "application/pdf",
    "",
  ];
  assert.deepEqual(types.map((type) => kindOfFile({ type })), [
    "image",
    "document",
    "video",
    "audio",
    "document",
    "document",
    "document",
  ]);
});

Deno.test("fileProblem() knows the limits of each kind, and that nothing cannot be sent", () => {
  assert.equal(fileProblem({ type: "image/png", size: 6_000_000 }), "file_too_large");
  assert.equal(fileProblem({ type: "application/pdf", size: 6_000_000 }), null);
  assert.equal(fileProblem({ type: "application/pdf", size: 200_000_000 }), "file_too_large");
  assert.equal(fileProblem({ type: "image/png", size: 0 }), "file_empty");
});

Deno.test("outgoingFile() keeps a stranger's file name out of the path", () => {
  const { media, payload } = outgoingFile(
    "id",
    "s",
    { type: "", size: 3, name: "../../ñ/<b>.PDF" },
    "",
    false,
  );
  assert.equal(media?.path, "outbound/s/id.pdf");
  assert.equal(payload?.["fileName"], "../../ñ/<b>.PDF");
  const voice = outgoingFile("id", "s", { type: "audio/ogg", size: 3, name: "voice" }, "", true);
  assert.equal(voice.payload?.["isVoice"], true);
});

Deno.test("canCaption() knows what cannot go under a file and is said by itself", () => {
  const picture = { type: "image/png" };
  assert.deepEqual([
    canCaption(picture, "x".repeat(1024)),
    canCaption(picture, "x".repeat(1025)),
    canCaption({ type: "audio/mpeg" }, ""),
  ], [true, false, false]);
});
