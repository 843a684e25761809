import { embeddingDimensions } from "@app/sales-engine/mod.ts";

/**
 * A vector with the deployment's number of dimensions and length 1. Shorter ones get zeros at the end, which changes no
 * angle between two of them.
 *
 * @returns `null` if it has too many numbers, or no direction.
 */
export function fitVector(vector: number[]): number[] | null {
  if (vector.length > embeddingDimensions) return null;
  const length = Math.hypot(...vector);
  if (!Number.isFinite(length) || length === 0) return null;
  return Array.from({ length: embeddingDimensions }, (_, index) => (vector[index] ?? 0) / length);
}
