import assert from "node:assert/strict";
import { type Embedder, embeddingDimensions } from "@app/sales-engine/mod.ts";
import {
  compatibleEmbedder,
  embedderFromSettings,
  ModelFailure,
  offlineEmbedder,
  openaiEmbedder,
} from "../../mod.ts";
import { startEmbeddingsDouble } from "../../testing.ts";
import { embeddingPriceOf } from "./embedding-prices.ts";

const { signal } = new AbortController();
const cosine = (one: number[] = [], other: number[] = []) =>
  one.reduce((sum, value, index) => sum + value * (other[index] ?? 0), 0);

async function near(embedder: Embedder, one: string, other: string): Promise<number> {
  const [a, b] = await embedder.embed([one, other], signal);
  return cosine(a, b);
}

Deno.test("offlineEmbedder() is deterministic, of length 1, and finds what is worded alike", async () => {
  const embedder = offlineEmbedder();
  const texts = ["¿Hacen envíos a domicilio?", "", "🙂", "x".repeat(20_000)];
  const vectors = await embedder.embed(texts, signal);
  assert.deepEqual(await offlineEmbedder().embed(texts, signal), vectors);
  for (const vector of vectors) {
    assert.equal(vector.length, embeddingDimensions);
    assert.ok(Math.abs(cosine(vector, vector) - 1) < 1e-9);
  }
  const asked = "¿Hacen envíos a domicilio?";
  assert.ok(await near(embedder, asked, "hacen envio a domicilio") > 0.7);
  assert.ok(await near(embedder, asked, "¿A qué hora abren los domingos?") < 0.3);
  assert.ok(await near(embedder, "preço da caixa", "preco das caixas") > 0.4);
});

for (const provider of ["openai", "compatible"] as const) {
  Deno.test(`the ${provider} embedder sends what is taken, and reads vectors in any order`, async () => {
    const double = startEmbeddingsDouble(provider);
    try {
      const { apiKey, url: baseUrl } = double;
      const make = provider === "openai" ? openaiEmbedder : compatibleEmbedder;
      const embedder = make({ apiKey, baseUrl, model: "text-embedding-3-small" });
      assert.equal(embedder.name, `${provider}/text-embedding-3-small`);
      const texts = Array.from({ length: 130 }, (_, index) => index % 2 ? `text ${index}` : "the same");
      const vectors = await embedder.embed([...texts, "", "y".repeat(50_000)], signal);
      assert.equal(vectors.length, 132);
      assert.ok(double.calls.every(({ refusal }) => refusal === null));
      assert.ok(vectors.every((vector) => vector.length === embeddingDimensions));
      assert.ok(cosine(vectors[0], vectors[2]) > 0.999);
      assert.ok(Math.abs(cosine(vectors[0], vectors[1])) < 0.3);
    } finally {
      await double.stop();
    }
  });
}

Deno.test("an embedder behind the network tells what each request cost, read or not", async () => {
  const double = startEmbeddingsDouble("openai");
  try {
    const access = { apiKey: double.apiKey, baseUrl: double.url };
    const costOf = async (embedder: Embedder, texts: string[]) => {
      const costs: number[] = [];
      await embedder.embed(texts, signal, (usd) => costs.push(usd)).catch(() => {});
      return costs;
    };
    const large = openaiEmbedder({ ...access, model: "text-embedding-3-large" });
    // The double counts one token for each text.
    assert.deepEqual(await costOf(large, ["one", "two"]), [2 * 0.13 / 1e6]);
    assert.equal((await costOf(large, Array.from({ length: 65 }, () => "x"))).length, 2);
    assert.equal(embeddingPriceOf("text-embedding-9"), 0.13, "the dearest");
    double.misbehave("too_few", { status: 503 });
    assert.equal((await costOf(large, ["one", "two"])).length, 1);
    assert.deepEqual(await costOf(large, ["one"]), []);
    assert.deepEqual(await costOf(offlineEmbedder(), ["one"]), []);
  } finally {
    await double.stop();
  }
});

Deno.test("an embedder behind the network fails clearly, whatever the provider does", async () => {
  const double = startEmbeddingsDouble("openai");
  const wide = startEmbeddingsDouble("compatible", { dimensions: 4_096 });
  try {
    const options = {
      apiKey: double.apiKey,
      baseUrl: double.url,
      model: "text-embedding-3-small",
      timeoutMs: 300,
    };
    const reasonOf = async (embedder: Embedder) => {
      try {
        await embedder.embed(["hola"], signal);
        return "none";
      } catch (error) {
        assert.ok(error instanceof ModelFailure);
        assert.ok(!error.message.includes("hola") && !error.message.includes(double.apiKey));
        return error.reason;
      }
    };
    double.misbehave({ status: 429, retryAfter: "2" }, { status: 503 }, "hang", "html", "too_few", "zeros");
    const reasons: string[] = [];
    for (let call = 0; call < 6; call++) reasons.push(await reasonOf(openaiEmbedder(options)));
    assert.deepEqual(reasons, [
      "rate_limited",
      "overloaded",
      "timeout",
      "unreadable",
      "unreadable",
      "invalid_request",
    ]);
    assert.equal(
      await reasonOf(openaiEmbedder({ ...options, apiKey: "sk-wrong-0123456789" })),
      "unauthorized",
    );
    assert.equal(
      await reasonOf(compatibleEmbedder({ apiKey: wide.apiKey, baseUrl: wide.url, model: "large" })),
      "invalid_request",
    );
    const stopped = AbortSignal.abort(new Error("stopped"));
    await assert.rejects(() => openaiEmbedder(options).embed(["hola"], stopped), /stopped/);
  } finally {
    await double.stop();
    await wide.stop();
  }
});

Deno.test("embedderFromSettings() takes the tenant's choice, and refuses what there is no key for", () => {
  const keys = { openai: { apiKey: "sk-1" }, compatible: [{ baseUrl: "http://here/v1/", apiKey: "k" }] };
  const nameOf = (embeddings?: unknown) => embedderFromSettings({ embeddings }, keys).name;
  assert.equal(nameOf(), "offline/ngrams-1");
  assert.equal(
    nameOf({ provider: "openai", name: "text-embedding-3-large" }),
    "openai/text-embedding-3-large",
  );
  assert.equal(
    nameOf({ provider: "compatible", name: "bge-m3", baseUrl: "http://here/v1" }),
    "compatible/bge-m3",
  );
  for (
    const bad of [
      { provider: "compatible", name: "bge-m3", baseUrl: "http://elsewhere/v1" },
      { provider: "openai" },
      { provider: "other", name: "x" },
      { provider: "offline", surplus: true },
    ]
  ) assert.throws(() => nameOf(bad), /Cannot choose an embedder/);
  assert.throws(() => embedderFromSettings({ embeddings: { provider: "openai", name: "x" } }, {}), /no key/);
});
