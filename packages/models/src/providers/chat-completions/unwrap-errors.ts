import { z } from "zod";

const list = z.tuple([z.looseObject({ error: z.unknown() })]).rest(z.unknown());

/**
 * A `fetch` that takes errors out of the list in which Gemini's compatible endpoint wraps them; the SDK would find
 * nothing in it and lose what was wrong.
 */
export async function fetchUnwrapped(url: string | URL | Request, init?: RequestInit): Promise<Response> {
  const response = await fetch(url, init);
  if (response.ok) return response;
  const text = await response.text();
  const errors = list.safeParse(parse(text));
  const body = errors.success ? JSON.stringify(errors.data[0]) : text;
  const { status, statusText, headers } = response;
  return new Response(body, { status, statusText, headers });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
