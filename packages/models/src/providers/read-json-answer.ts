/** JSON in a fenced block, as chat models like to write it. */
const fenced = /^\s*```(?:json)?\s*\n([\s\S]*?)\n?\s*```\s*$/i;

/**
 * Reads what a model wrote as JSON, with or without a fence around it.
 *
 * @returns The value, or the text itself if it is not JSON: the engine complains about that in its own words.
 */
export function readJsonAnswer(text: string): unknown {
  try {
    return JSON.parse(fenced.exec(text)?.[1] ?? text);
  } catch {
    return text;
  }
}
