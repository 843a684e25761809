import { kindOfFile } from "./outgoing-file.ts";

type Test = (head: Uint8Array) => boolean;

const begins = (...bytes: number[]): Test => (head) => bytes.every((byte, index) => head[index] === byte);
const says = (text: string, at = 0): Test => (head) =>
  [...text].every((letter, index) => head[at + index] === letter.codePointAt(0));
const anyOf = (...tests: Test[]): Test => (head) => tests.some((test) => test(head));

/** How files begin that WhatsApp shows as pictures, films and sound; https://en.wikipedia.org/wiki/List_of_file_signatures */
const beginnings: Record<string, Test> = {
  "image/jpeg": begins(0xff, 0xd8, 0xff),
  "image/png": begins(0x89, 0x50, 0x4e, 0x47),
  "video/mp4": says("ftyp", 4),
  "video/3gpp": says("ftyp", 4),
  "audio/ogg": says("OggS"),
  "audio/mp4": says("ftyp", 4),
  "audio/mpeg": anyOf(says("ID3"), (head) => head[0] === 0xff && ((head[1] ?? 0) & 0xe0) === 0xe0),
  "audio/aac": anyOf(says("ADIF"), (head) => head[0] === 0xff && ((head[1] ?? 0) & 0xf0) === 0xf0),
  "audio/amr": says("#!AMR"),
};

/** Whether a file begins as its type says. A document is whatever it is: phones show no more than its name. */
export async function isWhatItSays(file: Blob): Promise<boolean> {
  if (kindOfFile(file) === "document") return true;
  const test = beginnings[file.type.split(";")[0] ?? ""];
  return !test || test(new Uint8Array(await file.slice(0, 12).arrayBuffer()));
}
