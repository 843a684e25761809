import { useEffect, useState } from "react";

const BARS = 34;
const FLAT = { peaks: Array.from({ length: BARS }, () => 0.2), length: 0 };

/** The shape of a sound: loudness 0 to 1 of 34 equal parts, and its length in seconds. Flat until known, or if unreadable. */
export function useWaveform(url: string): { peaks: number[]; length: number } {
  const [waveform, setWaveform] = useState(FLAT);
  useEffect(() => {
    const leaving = new AbortController();
    readWaveform(url, leaving.signal).then(
      (read) => !leaving.signal.aborted && setWaveform(read),
      // A sound that this browser cannot read still has a play button.
      () => {},
    );
    return () => leaving.abort();
  }, [url]);
  return waveform;
}

async function readWaveform(url: string, signal: AbortSignal): Promise<typeof FLAT> {
  const response = await fetch(url, { signal });
  const bytes = await response.arrayBuffer();
  // Decoding needs no sound device.
  const sound = await new OfflineAudioContext(1, 1, 44_100).decodeAudioData(bytes);
  const samples = sound.getChannelData(0);
  const part = Math.max(1, Math.floor(samples.length / BARS));
  const loudness = Array.from({ length: BARS }, (_, index) => meanOf(samples, index * part, part));
  const most = Math.max(...loudness, 0.001);
  return { peaks: loudness.map((value) => value / most), length: sound.duration };
}

function meanOf(samples: Float32Array, from: number, count: number): number {
  let sum = 0;
  for (let index = from; index < from + count; index++) sum += Math.abs(samples[index] ?? 0);
  return sum / count;
}
