/** What decides whether WhatsApp takes a sticker. */
export interface Webp {
  /** Pixels. */
  width: number;
  height: number;
  isAnimated: boolean;
}

const ascii = new TextDecoder("latin1");

/**
 * Reads the head of a WebP file.
 *
 * @returns `null` if it is none, or is cut off.
 * @see https://developers.google.com/speed/webp/docs/riff_container
 */
export function readWebp(bytes: Uint8Array): Webp | null {
  if (bytes.length < 30 || ascii.decode(bytes.subarray(8, 12)) !== "WEBP") return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  switch (ascii.decode(bytes.subarray(12, 16))) {
    case "VP8X":
      return {
        width: 1 + (view.getUint32(24, true) & 0xffffff),
        height: 1 + (view.getUint32(26, true) >>> 8),
        isAnimated: (view.getUint8(20) & 0x02) !== 0,
      };
    case "VP8L": {
      const bits = view.getUint32(21, true);
      return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff), isAnimated: false };
    }
    case "VP8 ":
      return {
        width: view.getUint16(26, true) & 0x3fff,
        height: view.getUint16(28, true) & 0x3fff,
        isAnimated: false,
      };
    default:
      return null;
  }
}
