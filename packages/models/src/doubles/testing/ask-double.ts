import { type DoubledProvider, startProviderDouble } from "../start-provider-double.ts";

/** The key that the doubles of these tests take. */
export const apiKey = "sk-double";
/** The body of a request. */
export type Body = Record<string, unknown>;

/** A request that the provider takes. */
const good: Record<DoubledProvider, { path: string; headers: Record<string, string>; body: Body }> = {
  openai: {
    path: "/chat/completions",
    headers: { authorization: `Bearer ${apiKey}` },
    body: { model: "gpt-6-luna", stream: true, messages: [{ role: "user", content: "hola" }] },
  },
  gemini: {
    path: "/chat/completions",
    headers: { authorization: `Bearer ${apiKey}` },
    body: { model: "gemini-3.8-flash", stream: true, messages: [{ role: "user", content: "hola" }] },
  },
  compatible: {
    path: "/chat/completions",
    headers: { authorization: `Bearer ${apiKey}` },
    body: { model: "llama", stream: true, messages: [{ role: "user", content: "hola" }] },
  },
  anthropic: {
    path: "/v1/messages",
    headers: { "x-api-key": apiKey, "anthropic-version": "2026-10-21" },
    body: {
      model: "claude-haiku-5-5",
      max_tokens: 100,
      stream: true,
      messages: [{ role: "user", content: "hola" }],
    },
  },
};

/** What is different from a request that the provider takes. */
export interface Change {
  headers?: Record<string, string>;
  body?: Body;
  path?: string;
}

/** Sends a request that the provider takes, with a change, to its double. */
export async function askDouble(
  provider: DoubledProvider,
  change: Change,
) {
  const double = startProviderDouble(provider, { apiKey });
  const { path, headers, body } = good[provider];
  try {
    const response = await fetch(`${double.url}${change.path ?? path}`, {
      method: "POST",
      headers: { ...(change.headers ?? headers), "content-type": "application/json" },
      body: JSON.stringify({ ...body, ...change.body }),
    });
    return { status: response.status, text: await response.text() };
  } finally {
    await double.stop();
  }
}

/** What a double refuses: who, what, how it is asked, the status and the words of its answer. */
export type RefusedRequest = [
  provider: DoubledProvider,
  what: string,
  change: Change,
  status: number,
  words: RegExp,
];
