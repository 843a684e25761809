const rate = 8_000;
const seconds = 2;

/** Two seconds of a tone that swells and fades, as the address of a WAV file: a voice note for the gallery. */
export function sampleSound(): string {
  const samples = rate * seconds;
  const view = new DataView(new ArrayBuffer(44 + samples));
  const write = (at: number, text: string) =>
    [...text].forEach((letter, index) => view.setUint8(at + index, letter.codePointAt(0) ?? 0));
  // http://soundfile.sapp.org/doc/WaveFormat: 8 bits, one channel.
  write(0, "RIFF");
  view.setUint32(4, 36 + samples, true);
  write(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate, true);
  view.setUint16(32, 1, true);
  view.setUint16(34, 8, true);
  write(36, "data");
  view.setUint32(40, samples, true);
  for (let index = 0; index < samples; index++) {
    const loud = Math.sin(Math.PI * index / samples);
    view.setUint8(44 + index, 128 + Math.round(90 * loud * Math.sin(2 * Math.PI * 220 * index / rate)));
  }
  return URL.createObjectURL(new Blob([view.buffer], { type: "audio/wav" }));
}
